using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>
/// How a field stands in its message: its members, and its part in each method of the message. One class per shape.
/// </summary>
internal abstract class FieldShape(FieldContext context, ElementType element)
{
    /// <summary>The attributes that keep debuggers and measures of coverage from generated code. On members, since users may add to the classes.</summary>
    public const string NonUserCode =
        "[global::System.Diagnostics.DebuggerNonUserCode, global::System.CodeDom.Compiler.GeneratedCode(\"trunkline\", null)]";

    /// <summary>The field.</summary>
    public FieldContext Context => context;

    /// <summary>What its values are.</summary>
    public ElementType Element => element;

    /// <summary>The tags under which the field may arrive.</summary>
    public virtual IReadOnlyList<uint> Tags => [WriteTag];

    /// <summary>The tag under which the field is written.</summary>
    public virtual uint WriteTag => context.Tag(element.Wire);

    /// <summary>The property.</summary>
    protected string Property => context.Property;

    /// <summary>The backing field.</summary>
    protected string Storage => context.Storage;

    /// <summary>The default value as an expression; bytes that are not empty are made once, by <see cref="WriteDefault"/>.</summary>
    protected string Default => HasStoredDefault ? $"_default_{context.Stem}" : element.Default;

    private bool HasStoredDefault => element is ScalarType { Method: "Bytes" } && context.Field.DefaultValue is not null;

    // A group has a tag at its end, too.
    private int TagSize => FieldContext.TagSize(WriteTag) * (element.Wire == WireType.StartGroup ? 2 : 1);

    /// <summary>Writes the members of the field.</summary>
    public void WriteMembers(CodeWriter writer)
    {
        writer.Line($"/// <summary>The number of the field \"{context.Field.Name}\".</summary>");
        writer.Line($"public const int {Property}FieldNumber = {context.Number};");
        writer.Line();
        WriteOwnMembers(writer);
    }

    /// <summary>Copies the field from <c>other</c>, in the copying constructor.</summary>
    public abstract void WriteCopy(CodeWriter writer);

    /// <summary>The condition under which this message and <c>other</c> differ in the field.</summary>
    public virtual string Differ => element.Differ(Property, $"other.{Property}");

    /// <summary>Adds the field to <c>hash</c>.</summary>
    public virtual void WriteHash(CodeWriter writer) => writer.Line($"if ({IsSet("")}) hash ^= {element.Hash(Property)};");

    /// <summary>Writes the field to <c>output</c>.</summary>
    public virtual void WriteSerialize(CodeWriter writer)
    {
        using (writer.Block($"if ({IsSet("")})"))
        {
            writer.Line($"output.WriteRawTag({FieldContext.TagBytes(WriteTag)});");
            writer.Line(element.Write(Property));
            if (element.Wire == WireType.StartGroup)
            {
                writer.Line($"output.WriteRawTag({FieldContext.TagBytes(context.Tag(WireType.EndGroup))});");
            }
        }
    }

    /// <summary>Adds the field to <c>size</c>.</summary>
    public virtual void WriteSize(CodeWriter writer) =>
        writer.Line($"if ({IsSet("")}) size += {TagSize} + {element.Size(Property)};");

    /// <summary>Merges the field from <c>other</c>.</summary>
    public virtual void WriteMerge(CodeWriter writer) => writer.Line($"if ({IsSet("other.")}) {Property} = other.{Property};");

    /// <summary>Reads the field from <c>input</c>, behind its tag.</summary>
    public virtual void WriteParse(CodeWriter writer) => writer.Line($"{Property} = {element.Read};");

    /// <summary>Writes what is particular to the shape: storage, property, presence.</summary>
    protected abstract void WriteOwnMembers(CodeWriter writer);

    /// <summary>Whether the field of <paramref name="owner"/> (empty, or a name with a dot) is set.</summary>
    protected abstract string IsSet(string owner);

    /// <summary>Writes comment and attributes above the property, and the property.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="get">The value to give.</param>
    /// <param name="set">The statements that take <c>value</c>; none makes the property read-only.</param>
    protected void WriteProperty(CodeWriter writer, string get, params string[] set)
    {
        if (!context.File.Comments.WriteSummary(writer, context.Path))
        {
            writer.Line($"/// <summary>The field \"{context.Field.Name}\".</summary>");
        }

        WriteAttributes(writer);
        using (writer.Block($"public {PropertyType} {Property}"))
        {
            writer.Line($"get {{ return {get}; }}");
            if (set.Length > 0)
            {
                writer.Line($"set {{ {string.Join(' ', set)} }}");
            }
        }

        writer.Line();
    }

    /// <summary>Writes what <see cref="Default"/> refers to, if it does.</summary>
    protected void WriteDefault(CodeWriter writer)
    {
        if (HasStoredDefault)
        {
            writer.Line($"private static readonly {element.TypeName} {Default} = {element.Default};");
        }
    }

    /// <summary>The type of the property.</summary>
    protected virtual string PropertyType => element.TypeName;

    /// <summary><c>value</c>, checked where null is not allowed.</summary>
    protected string CheckedValue => element.RejectsNull ? "pb::ProtoPreconditions.CheckNotNull(value, \"value\")" : "value";

    /// <summary>Writes <c>Has</c> and <c>Clear</c>.</summary>
    protected void WritePresence(CodeWriter writer, string has, string clear)
    {
        writer.Line($"/// <summary>Whether the field \"{context.Field.Name}\" is set.</summary>");
        WriteAttributes(writer);
        writer.Line($"public bool Has{Property} {{ get {{ return {has}; }} }}");
        writer.Line();
        writer.Line($"/// <summary>Clears the field \"{context.Field.Name}\".</summary>");
        WriteAttributes(writer);
        writer.Line($"public void Clear{Property}() {{ {clear} }}");
        writer.Line();
    }

    private void WriteAttributes(CodeWriter writer)
    {
        if (context.IsDeprecated)
        {
            writer.Line("[global::System.Obsolete]");
        }

        writer.Line(NonUserCode);
    }
}
