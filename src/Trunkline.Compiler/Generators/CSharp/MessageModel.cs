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
        var schema = file.Types.SchemaOf(entry);
        var names = file.Types.NamesOf(entry);
        Dictionary<OneofSchema, OneofContext> oneofs = [];
        for (var index = 0; index < schema.Oneofs.Count; index++)
        {
            var oneof = schema.Oneofs[index];
            oneofs.Add(oneof, new OneofContext(oneof.Descriptor, names[oneof], DocComments.Child(path, OneofPath, index)));
        }

        Fields = [.. schema.Fields.Select((field, index) => Shape(field, names.Properties[index], DocComments.Child(path, FieldPath, index), oneofs))];
        var members = Fields.OfType<OneofField>().ToLookup(field => field.Context.Schema.Oneof);
        Oneofs = [.. schema.Oneofs.Where(oneof => members[oneof].Any()).Select(oneof => new OneofModel(oneofs[oneof], [.. members[oneof]]))];
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
    public string Name => Entry.ClassName;

    /// <summary>Whether the user warned off the message.</summary>
    public bool IsDeprecated => Entry.Message.Options?.Deprecated == true;

    private FieldShape Shape(FieldSchema field, string property, int[] path, Dictionary<OneofSchema, OneofContext> oneofs)
    {
        var context = new FieldContext(field, property, path, _file);
        if (field.IsMap)
        {
            var entry = field.Message!;
            return new MapField(context, ElementType.Of(entry.Field("key"), _file.Types), ElementType.Of(entry.Field("value"), _file.Types));
        }

        var element = ElementType.Of(field, _file.Types);
        if (field.IsRepeated)
        {
            return new RepeatedField(context, element);
        }

        if (field.Oneof is { } oneof)
        {
            return new OneofField(context, element, oneofs[oneof]);
        }

        return element switch
        {
            WrapperType wrapper => new WrapperField(context, wrapper),
            MessageType message => new MessageField(context, message),
            _ when field.HasPresence => new OptionalField(context, element, OptionalField.NeedsBit(element) ? _bits++ : 0),
            _ => new ImplicitField(context, element),
        };
    }
}
