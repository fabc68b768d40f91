using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>
/// The names of a message's members: those that protoc gives, and with underscores behind them where protoc's would clash and its code not compile.
/// </summary>
internal sealed class MemberNames
{
    /// <summary>Members that every message has; a field of that name gets an underscore behind it, as with protoc.</summary>
    public static readonly IReadOnlySet<string> OfEveryMessage = new HashSet<string>(
        ["Types", "Descriptor", "Equals", "ToString", "GetHashCode", "WriteTo", "Clone", "CalculateSize", "MergeFrom", "OnConstruction", "Parser"],
        StringComparer.Ordinal);

    private static readonly string[] OfExtendableMessages =
        ["GetExtension", "GetOrInitializeExtension", "SetExtension", "HasExtension", "ClearExtension"];

    private readonly Dictionary<OneofSchema, string> _oneofs = [];

    /// <summary>Finds names for the members of <paramref name="message"/>.</summary>
    public MemberNames(MessageSchema message, string className)
    {
        HashSet<string> taken = new([.. FixedMembers(message.Descriptor), message.Name, className], StringComparer.Ordinal);
        Properties = [.. message.Fields.Select(field => Take(CSharpNames.Property(field), taken, name => MembersOf(field, name)))];
        foreach (var oneof in message.Oneofs)
        {
            _oneofs.Add(oneof, Take(CSharpNames.Pascal(oneof.Name), taken, name => oneof.IsSynthetic ? [] : [name + "Case", "Clear" + name, name + "OneofCase"]));
        }
    }

    /// <summary>The properties of the fields, in source order.</summary>
    public IReadOnlyList<string> Properties { get; }

    /// <summary>The stem of a oneof's members.</summary>
    public string this[OneofSchema oneof] => _oneofs[oneof];

    /// <summary>The class of a message: its name, unless C# lets no member be called so.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isNested">Whether the class lies in a class <c>Types</c>.</param>
    public static string ClassName(DescriptorProto message, bool isNested) =>
        FixedMembers(message).Contains(message.Name, StringComparer.Ordinal) ? message.Name + "_" : TypeName(message.Name!, isNested);

    /// <summary>The name of a type that has no members to clash with.</summary>
    public static string TypeName(string name, bool isNested) => isNested && string.Equals(name, "Types", StringComparison.Ordinal) ? "Types_" : name;

    /// <summary>The identifiers of extensions that are declared in one place, in the class <paramref name="className"/>.</summary>
    public static string[] OfExtensions(IEnumerable<FieldSchema> extensions, string className)
    {
        HashSet<string> taken = new([className], StringComparer.Ordinal);
        return [.. extensions.Select(extension => Take(CSharpNames.Property(extension), taken, name => [name]))];
    }

    // "Types" and "Extensions" are there when something is in them; protoc keeps fields off "Types" in any case.
    private static IEnumerable<string> FixedMembers(DescriptorProto message) => OfEveryMessage
        .Where(name => !string.Equals(name, "Types", StringComparison.Ordinal) || message.NestedTypes.Count + message.EnumTypes.Count > 0)
        .Concat(message.ExtensionRanges.Count > 0 ? OfExtendableMessages : [])
        .Concat(message.Extensions.Count > 0 ? ["Extensions"] : []);

    private static string[] MembersOf(FieldSchema field, string name) => field.HasPresence && (field.Kind != FieldValueKind.Message || field.Type == FieldType.Group)
        ? [name, name + "FieldNumber", "Has" + name, "Clear" + name]
        : [name, name + "FieldNumber"];

    private static string Take(string wanted, HashSet<string> taken, Func<string, string[]> membersOf)
    {
        var name = wanted.Length == 0 ? "_" : wanted;
        while (membersOf(name).Any(taken.Contains))
        {
            name += "_";
        }

        taken.UnionWith(membersOf(name));
        return name;
    }
}
