using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Trunkline.Descriptors;
using Trunkline.Descriptors.Tests;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>The same random data through our code and protoc's, for every message of the corpus.</summary>
public class CSharpDataTests
{
    private const int MessagesPerType = 4;

    [ProtocFact]
    public void Data_ComesOutAsWithProtoc()
    {
        var compared = 0;
        foreach (var pair in Pairs())
        {
            var (ours, theirs) = pair.ParseAll();
            for (var index = 0; index < ours.Length; index++)
            {
                AssertSame(pair, ours[index], theirs[index]);
                compared += ours[index] is null ? 0 : 1;
            }
        }

        Assert.InRange(compared, 500, int.MaxValue);
    }

    [ProtocFact]
    public void Equality_IsThatOfProtoc_AndEqualMessagesHashAlike()
    {
        foreach (var pair in Pairs())
        {
            var (ours, theirs) = pair.ParseAll();
            foreach (var (left, right) in Enumerable.Range(0, ours.Length).SelectMany(left => Enumerable.Range(0, ours.Length).Select(right => (left, right))))
            {
                Assert.True(Equals(ours[left], ours[right]) == Equals(theirs[left], theirs[right]), pair.Name);
                Assert.True(!Equals(ours[left], ours[right]) || ours[left]?.GetHashCode() == ours[right]?.GetHashCode(), pair.Name);
            }
        }
    }

    [ProtocFact]
    public void CloneAndMerge_AreThoseOfProtoc()
    {
        foreach (var pair in Pairs())
        {
            var (ours, theirs) = pair.ParseAll();
            foreach (var (left, right) in Enumerable.Range(0, ours.Length).SelectMany(left => Enumerable.Range(0, ours.Length).Select(right => (left, right))))
            {
                if (ours[left] is not { } first || ours[right] is not { } second || theirs[left] is null || theirs[right] is null)
                {
                    continue;
                }

                var merged = Clone(first);
                Assert.True(Equals(first, merged) && !ReferenceEquals(first, merged), pair.Name);
                Assert.True(Merge(Clone(theirs[left]!), theirs[right]!).ToByteArray().AsSpan().SequenceEqual(Merge(merged, second).ToByteArray()), pair.Name);

                // What lies in a clone is the clone's own, but for lists of extensions, which the runtime shares.
                Assert.True(theirs[left]!.ToByteArray().AsSpan().SequenceEqual(first.ToByteArray()), pair.Name);
            }
        }
    }

    [ProtocFact]
    public void ForeignBytes_AreKeptOrRefusedAsWithProtoc()
    {
        var random = new Random(7);
        foreach (var pairs in Pairs().Chunk(20))
        {
            foreach (var pair in pairs)
            {
                var bytes = RandomMessages.Make(pairs[random.Next(pairs.Length)].Schema, random).ToByteArray();
                AssertSame(pair, Pair.Parse(pair.Ours, pair.OurRegistry, bytes), Pair.Parse(pair.Theirs, pair.TheirRegistry, bytes));
            }
        }
    }

    [ProtocFact]
    public void Extensions_HaveTheDefaultsOfProtoc()
    {
        var compared = 0;
        foreach (var program in CorpusCode.Programs)
        {
            foreach (var field in ExtensionFields(program.Theirs))
            {
                var own = program.OursOfTheirs.GetType(field.DeclaringType!.FullName!)!.GetField(field.Name)!;
                Assert.Equal(DefaultOf(field), DefaultOf(own));
                compared++;
            }
        }

        Assert.InRange(compared, 50, int.MaxValue);
    }

    private static void AssertSame(Pair pair, IMessage? ours, IMessage? theirs)
    {
        if (ours is null || theirs is null)
        {
            // protoc's code misses that a required field of an edition is absent, since the runtime does not see it.
            Assert.True(ours is null && (theirs is null || pair.IsEdition), pair.Name);
            return;
        }

        var bytes = theirs.ToByteArray();
        Assert.Equal(bytes, ours.ToByteArray());
        Assert.Equal(bytes.Length, ours.CalculateSize());
        if (pair.IsEdition)
        {
            return;
        }

        Assert.Equal(Json(theirs), Json(ours));
        Assert.Equal(theirs.Descriptor.Fields.InDeclarationOrder().Select(field => Value(field, theirs)), ours.Descriptor.Fields.InDeclarationOrder().Select(field => Value(field, ours)));
    }

    // Formatting may be refused, as for an Any of a type that nobody registered.
    private static string Json(IMessage message)
    {
        try
        {
            return JsonFormatter.Default.Format(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static string Value(FieldDescriptor field, IMessage message)
    {
        var isSet = field.HasPresence ? field.Accessor.HasValue(message) : (bool?)null;
        object value = field.FieldType == Google.Protobuf.Reflection.FieldType.Message ? "message" : field.Accessor.GetValue(message);

        // protoc writes six digits of a default that is no whole number; ours are all there.
        return isSet == false && value is float or double ? $"{field.Name} False {value:G6}" : $"{field.Name} {isSet} {value}";
    }

    private static IMessage Clone(IMessage message) => (IMessage)message.GetType().GetMethod("Clone")!.Invoke(message, null)!;

    private static IMessage Merge(IMessage message, IMessage other)
    {
        message.GetType().GetMethod("MergeFrom", [message.GetType()])!.Invoke(message, [other]);
        return message;
    }

    private static IEnumerable<Pair> Pairs()
    {
        foreach (var program in CorpusCode.Programs)
        {
            var schemas = SchemaRegistry.Create(program.Files);
            var files = program.Files.ToDictionary(file => file.Name!, StringComparer.Ordinal);
            var ours = GeneratedCode.FileDescriptors(program.OursOfTheirs);
            var (ourRegistry, theirRegistry) = (Registry(program.OursOfTheirs), Registry(program.Theirs));
            foreach (var file in GeneratedCode.FileDescriptors(program.Theirs).Values)
            {
                var own = ours[file.Name].MessageTypes.SelectMany(AllOf);
                foreach (var (ourType, theirType) in own.Zip(file.MessageTypes.SelectMany(AllOf)).Where(types => types.First.ClrType is not null))
                {
                    yield return new Pair(schemas.FindMessage(ourType.FullName)!, ourType, theirType, ourRegistry, theirRegistry, HasEditions(files, file.Name));
                }
            }
        }
    }

    // Whether the file or one that it imports is in an edition.
    private static bool HasEditions(Dictionary<string, Descriptors.FileDescriptorProto> files, string name) => files.TryGetValue(name, out var file)
        && (string.Equals(file.Syntax, "editions", StringComparison.Ordinal) || file.Dependencies.Exists(imported => HasEditions(files, imported)));

    private static IEnumerable<MessageDescriptor> AllOf(MessageDescriptor message) => message.NestedTypes.SelectMany(AllOf).Prepend(message);

    private static IEnumerable<FieldInfo> ExtensionFields(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(field => field.FieldType.IsSubclassOf(typeof(Extension)));

    // Files that do not know each other may give one number to two extensions; a registry takes one.
    private static ExtensionRegistry Registry(Assembly assembly) =>
    [
        .. ExtensionFields(assembly)
            .Select(field => (Target: field.FieldType.GetGenericArguments()[0], Name: field.DeclaringType!.FullName + field.Name, Extension: (Extension)field.GetValue(null)!))
            .OrderBy(item => item.Target.FullName + item.Name, StringComparer.Ordinal)
            .DistinctBy(item => (item.Target, item.Extension.FieldNumber))
            .Select(item => item.Extension),
    ];

    private static string? DefaultOf(FieldInfo field)
    {
        var types = field.FieldType.GetGenericArguments();
        var get = types[0].GetMethods().Single(method => string.Equals(method.Name, "GetExtension", StringComparison.Ordinal)
            && method.GetParameters()[0].ParameterType.GetGenericTypeDefinition() == field.FieldType.GetGenericTypeDefinition());
        return get.MakeGenericMethod(types[1]).Invoke(Activator.CreateInstance(types[0]), [field.GetValue(null)])?.ToString();
    }

    private sealed record Pair(
        MessageSchema Schema, MessageDescriptor Ours, MessageDescriptor Theirs, ExtensionRegistry OurRegistry, ExtensionRegistry TheirRegistry, bool IsEdition)
    {
        public string Name => Schema.FullName;

        // Null where the bytes were refused.
        public static IMessage? Parse(MessageDescriptor type, ExtensionRegistry registry, byte[] bytes)
        {
            try
            {
                return type.Parser.WithExtensionRegistry(registry).ParseFrom(bytes);
            }
            catch (InvalidProtocolBufferException)
            {
                return null;
            }
        }

        public (IMessage?[] Ours, IMessage?[] Theirs) ParseAll()
        {
            var random = new Random(Name.Length);
            byte[][] inputs = [[], .. Enumerable.Range(0, MessagesPerType).Select(_ => RandomMessages.Make(Schema, random).ToByteArray())];
            return ([.. inputs.Select(bytes => Parse(Ours, OurRegistry, bytes))], [.. inputs.Select(bytes => Parse(Theirs, TheirRegistry, bytes))]);
        }
    }
}
