using System.Reflection;

namespace Trunkline.Architecture.Tests.Ledger;

/// <summary>
/// The public API of an assembly as sorted lines, close to how it would be declared: one line a type and one a member, each complete in itself, so that a
/// difference of two ledgers reads without its surroundings.
/// </summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler adds to every record and what nobody would look up.
    private static readonly string[] OfEveryRecord = ["<Clone>$", "PrintMembers", "EqualityContract", "op_Equality", "op_Inequality", "GetHashCode", "Equals", "ToString"];

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(TypeLine(type)));

    private static string TypeLine(Type type)
    {
        string name = TypeText.FullName(type);
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {MemberText.Return(invoke)} {name}({MemberText.Parameters(invoke)})";
        }

        string[] bases = [.. Bases(type)];
        return $"{Kind(type)} {name}{(bases.Length == 0 ? "" : " : " + string.Join(", ", bases))}{TypeText.Constraints(type.GetGenericArguments())}{TypeText.Obsolete(type)}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => $"{(IsReadOnly(type) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{(IsRecord(type) ? "record " : "")}struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(IsRecord(type) ? "record" : "class")}",
    };

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetEnumUnderlyingType() == typeof(int) ? [] : [TypeText.Name(type.GetEnumUnderlyingType())];
        }

        Type? parent = type.BaseType;
        HashSet<Type> inherited = [.. parent?.GetInterfaces() ?? [], .. type.GetInterfaces().SelectMany(item => item.GetInterfaces())];
        IEnumerable<Type> own = type.GetInterfaces().Where(item => item.IsVisible && !inherited.Contains(item));
        IEnumerable<string> named = own.Select(TypeText.Name).Order(StringComparer.Ordinal);
        return parent is null || parent == typeof(object) || parent == typeof(ValueType) ? named : named.Prepend(TypeText.Name(parent));
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [];
        }

        string prefix = "    " + TypeText.FullName(type) + ": ";
        IEnumerable<MemberInfo> members = type.GetMembers(Declared).Where(member => member is not Type && !(IsRecord(type) && OfEveryRecord.Contains(member.Name)));
        return members.Select(member => MemberText.Of(member, type)).OfType<string>().Select(text => prefix + text);
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute), inherit: false);
}
