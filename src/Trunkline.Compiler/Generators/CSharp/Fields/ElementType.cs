using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>
/// What one value of a field is in C#: how it is typed, written, measured, read, compared. Whether the field holds one such value, several, or
/// one among others is the matter of <see cref="FieldShape"/>.
/// </summary>
internal abstract record ElementType
{
    /// <summary>The type in C#.</summary>
    public abstract string TypeName { get; }

    /// <summary>The wire type of a single value.</summary>
    public abstract WireType Wire { get; }

    /// <summary>The default value as an expression.</summary>
    public abstract string Default { get; }

    /// <summary>Whether a null must be turned away by the setter.</summary>
    public virtual bool RejectsNull => false;

    /// <summary>Whether several values may share one tag and length.</summary>
    public virtual bool IsPackable => false;

    /// <summary>Whether <paramref name="value"/> differs from <paramref name="defaultValue"/>, which stands for <see cref="Default"/>.</summary>
    public virtual string IsNotDefault(string value, string defaultValue) => $"{value} != {defaultValue}";

    /// <summary>Whether two values differ.</summary>
    public virtual string Differ(string left, string right) => $"{left} != {right}";

    /// <summary>The hash of a value.</summary>
    public virtual string Hash(string value) => $"{value}.GetHashCode()";

    /// <summary>Writes a value to the context <c>output</c>.</summary>
    public abstract string Write(string value);

    /// <summary>Bytes of a value, without its tag.</summary>
    public abstract string Size(string value);

    /// <summary>Reads a value from the context <c>input</c>; not for messages, which are read in place.</summary>
    public abstract string Read { get; }

    /// <summary>The codec for a value behind the given tag.</summary>
    /// <param name="tag">Field number and wire type.</param>
    /// <param name="withDefault">Whether the codec is for single values, which have a default.</param>
    public abstract string Codec(uint tag, bool withDefault);

    /// <summary>The element type of a field.</summary>
    public static ElementType Of(FieldSchema field, TypeTable types) => field.Type switch
    {
        FieldType.Message when WrapperType.Find(field.Message!.FullName) is { } wrapper => wrapper,
        FieldType.Message or FieldType.Group => new MessageType(types.Of(field.Message!).TypeName, field.Type == FieldType.Group),
        FieldType.Enum => EnumElementType.Of(types.Of(field.Enum!), field),
        _ => ScalarType.Of(field),
    };
}
