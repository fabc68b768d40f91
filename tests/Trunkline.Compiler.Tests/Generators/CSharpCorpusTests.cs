using Google.Protobuf.Reflection;
using Trunkline.Descriptors;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>Our C# of the whole corpus beside protoc's.</summary>
public class CSharpCorpusTests
{
    // Names that clash in protoc's code, or come out empty, and one file that needs such a file.
    private static readonly string[] DoNotCompileWithProtoc =
    [
        "Editions/E2024/Style/Editions2024StyleOptOut.cs", "Editions/ElementFeatures/Editions2023ElementFeatures.cs",
        "Editions/FileFeatures/Editions2023FileFeatures.cs", "Many/ManyFilesUser.cs", "Optionals/Optionals.cs", "Under/Score/Underscores.cs",
    ];

    [ProtocFact]
    public void PublicApi_IsThatOfProtoc()
    {
        foreach (var program in CorpusCode.Programs)
        {
            var ours = PublicApi.Of(program.OursOfTheirs);
            var theirs = PublicApi.Of(program.Theirs);
            Assert.Equal([], theirs.Except(ours, StringComparer.Ordinal));
            Assert.Equal([], ours.Except(theirs, StringComparer.Ordinal));
        }

        Assert.Equal(DoNotCompileWithProtoc, CorpusCode.Programs.SelectMany(program => program.OnlyOurs).Order(StringComparer.Ordinal));
    }

    [ProtocFact]
    public void OriginalDescriptor_IsTheOneProtocEmbeds()
    {
        foreach (var program in CorpusCode.Programs)
        {
            var ours = GeneratedCode.FileDescriptors(program.Ours);
            Assert.NotEmpty(ours);
            foreach (var (name, theirs) in GeneratedCode.FileDescriptors(program.Theirs))
            {
                Assert.Equal(theirs.SerializedData.ToByteArray(), OriginalDescriptor.Find(ours[name].SerializedData.Memory).ToArray());
            }
        }
    }

    [ProtocFact]
    public void EmbeddedDescriptor_MeansWhatTheOriginalMeans()
    {
        foreach (var program in CorpusCode.Programs)
        {
            var original = SchemaRegistry.Create(program.Files);
            var embedded = GeneratedCode.FileDescriptors(program.Ours);
            var lowered = SchemaRegistry.Create(program.Files.Select(file =>
                embedded.TryGetValue(file.Name!, out var own) ? Descriptors.FileDescriptorProto.Read(own.SerializedData.Span) : file));
            Assert.All(original.Messages, message => Assert.Equal(Facts(message), Facts(lowered.FindMessage(message.FullName)!)));
            Assert.All(original.Extensions, extension => Assert.Equal(Facts(extension), Facts(lowered.FindExtension(extension.FullName)!)));
        }
    }

    [ProtocFact]
    public void Reflection_SaysWhatTheFileMeans()
    {
        foreach (var program in CorpusCode.Programs)
        {
            var schemas = SchemaRegistry.Create(program.Files);
            foreach (var file in GeneratedCode.FileDescriptors(program.Ours).Values)
            {
                foreach (var message in file.MessageTypes.SelectMany(AllOf).Where(message => message.ClrType is not null))
                {
                    AssertReflected(schemas.FindMessage(message.FullName)!, message);
                }
            }
        }
    }

    private static void AssertReflected(MessageSchema schema, MessageDescriptor message)
    {
        Assert.Equal(schema.Fields.Select(Facts), message.Fields.InDeclarationOrder().Select(Facts));

        // The runtime takes an empty JSON name for none.
        Assert.All(schema.Fields.Where(field => field.JsonName.Length > 0), field => Assert.Equal(field.JsonName, message.FindFieldByNumber(field.Number).JsonName));
        string[] real = [.. schema.Oneofs.Where(oneof => !oneof.IsSynthetic).Select(oneof => oneof.Name)];
        Assert.Equal(real, message.Oneofs.Where(oneof => !oneof.IsSynthetic).Select(oneof => oneof.Name));
        Assert.All(message.Oneofs.Skip(real.Length), oneof => Assert.True(oneof.IsSynthetic));
        var empty = message.Parser.ParseFrom([]);
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            // Each accessor works: what it needs of the class is there.
            Assert.True(field.HasPresence ? !field.Accessor.HasValue(empty) : field.Accessor.GetValue(empty) is not null, field.FullName);
        }
    }

    private static IEnumerable<MessageDescriptor> AllOf(MessageDescriptor message) => message.NestedTypes.SelectMany(AllOf).Prepend(message);

    private static string Facts(FieldDescriptor field) => $"{field.FullName} {field.FieldNumber} presence {field.HasPresence} "
        + $"required {field.IsRequired} packed {field.IsPacked && IsPackable(field)} list {field.IsRepeated} map {field.IsMap}";

    private static string Facts(FieldSchema field) => $"{field.FullName} {field.Number} presence {field.HasPresence && !field.ContainingMessage.IsMapEntry} "
        + $"required {field.IsRequired} packed {field.IsPacked} list {field.IsRepeated} map {field.IsMap}";

    // Everything that the code which reads and writes a message goes by.
    private static string Facts(MessageSchema message) => $"{message.FullName} set {message.IsMessageSet} entry {message.IsMapEntry}\n"
        + string.Join('\n', message.Fields.Select(field => $"{Facts(field)} {Layout(field)}"));

    private static string Layout(FieldSchema field) => $"{field.JsonName} {field.Type} {field.Message} {field.Enum} {field.Oneof} "
        + (field.Kind == FieldValueKind.Message || field.IsRepeated ? "" : field.DefaultValue.ToString());

    // The runtime answers for lists of numbers; for the rest it goes by the syntax.
    private static bool IsPackable(FieldDescriptor field) => field.IsRepeated
        && field.FieldType is not (Google.Protobuf.Reflection.FieldType.String or Google.Protobuf.Reflection.FieldType.Bytes
            or Google.Protobuf.Reflection.FieldType.Message or Google.Protobuf.Reflection.FieldType.Group);
}
