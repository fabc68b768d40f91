using Trunkline.Compiler.Generators.CSharp.Fields;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>A oneof and its fields.</summary>
internal sealed record OneofModel(OneofContext Context, IReadOnlyList<OneofField> Fields);

/// <summary>A message as C# sees it: each field in its shape, oneofs with their fields.</summary>
internal sealed class MessageModel
{
    // Field numbers in descriptor.proto that lead from a message to its parts.
    private const int FieldPath = 2;
    private const int OneofPath = 8;

    private readonly FileContext _file;
    private int _bits;

    /// <summary>Works out the shapes.</summary>
    public MessageModel(MessageEntry entry, int[] path, FileContext file)
    {
        _file = file;
        Entry = entry;
        Path = path;
        var real = RealOneofs(entry.Message);
        var contexts = entry.Message.OneofDecls.Select((oneof, index) => new OneofContext(oneof, DocComments.Child(path, OneofPath, index))).ToArray();
        Fields = [.. entry.Message.Fields.Select((field, index) => Shape(field, DocComments.Child(path, FieldPath, index), contexts))];
        Oneofs = [.. real.Select(index => new OneofModel(
            contexts[index],
            [.. Fields.OfType<OneofField>().Where(field => field.Context.Field.OneofIndex == index)]))];
    }

    /// <summary>The message.</summary>
    public MessageEntry Entry { get; }

    /// <summary>The way to the message in its file.</summary>
    public int[] Path { get; }

    /// <summary>The fields, in source order.</summary>
    public IReadOnlyList<FieldShape> Fields { get; }

    /// <summary>The oneofs of the source; those made for <c>optional</c> fields are not among them.</summary>
    public IReadOnlyList<OneofModel> Oneofs { get; }

    /// <summary>How many presence bits the message has.</summary>
    public int Bits => _bits;

    /// <summary>The simple name of the class.</summary>
    public string Name => CSharpNames.Identifier(Entry.Message.Name!);

    /// <summary>Whether the user warned off the message.</summary>
    public bool IsDeprecated => Entry.Message.Options?.Deprecated == true;

    private static IEnumerable<int> RealOneofs(DescriptorProto message) =>
        Enumerable.Range(0, message.OneofDecls.Count)
            .Where(index => !message.Fields.Any(field => field.OneofIndex == index && field.Proto3Optional == true));

    private FieldShape Shape(FieldDescriptorProto field, int[] path, OneofContext[] oneofs)
    {
        var context = new FieldContext(field, CSharpNames.Property(field, Entry.Message), path, _file.Comments);
        if (field.Label == FieldLabel.Repeated)
        {
            return RepeatedOrMap(context);
        }

        var element = ElementType.Of(field, _file.Types);
        if (field.OneofIndex is { } oneof && field.Proto3Optional != true)
        {
            return new OneofField(context, element, oneofs[oneof]);
        }

        return element switch
        {
            WrapperType wrapper => new WrapperField(context, wrapper),
            MessageType => new MessageField(context, element),
            _ when field.Proto3Optional == true => new OptionalField(context, element, OptionalField.NeedsBit(element) ? _bits++ : 0),
            _ => new ImplicitField(context, element),
        };
    }

    private FieldShape RepeatedOrMap(FieldContext context)
    {
        var field = context.Field;
        if (field.Type == FieldType.Message && _file.Types.Message(field.TypeName!) is { IsMapEntry: true, Message.Fields: [var key, var value] })
        {
            return new MapField(context, ElementType.Of(key, _file.Types), ElementType.Of(value, _file.Types));
        }

        return new RepeatedField(context, ElementType.Of(field, _file.Types));
    }
}
