using System.Reflection;
using System.Runtime.CompilerServices;

namespace Trunkline.Architecture.Tests.Ledger;

/// <summary>Types as code names them. Where a type is declared it stands with its namespace, where it is used without.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>The name where the type is declared.</summary>
    public static string FullName(Type type) => type.IsNested ? $"{FullName(type.DeclaringType!)}.{Name(type)}" : $"{type.Namespace}.{Name(type)}";

    /// <summary>The name without type arguments.</summary>
    public static string SimpleName(Type type) => type.Name.Split('`')[0];

    /// <summary>The name where the type is used, without annotations of what may be null.</summary>
    public static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        return Keywords.TryGetValue(type, out string? keyword) ? keyword
            : type.IsGenericType ? $"{SimpleName(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }

    /// <summary>The name where the type is used, with a question mark on all that may be null.</summary>
    public static string Annotated(NullabilityInfo info, Type type)
    {
        if (type.IsByRef)
        {
            return Annotated(info, type.GetElementType()!);
        }

        // Of a type parameter nobody can tell: its argument decides.
        string mark = !type.IsValueType && !type.IsGenericParameter && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable) ? "?" : "";
        if (type.IsArray && info.ElementType is { } element)
        {
            return $"{Annotated(element, type.GetElementType()!)}[]{mark}";
        }

        Type[] arguments = type.GetGenericArguments();
        if (arguments.Length == 0 || Nullable.GetUnderlyingType(type) is not null || info.GenericTypeArguments.Length != arguments.Length)
        {
            return Name(type) + mark;
        }

        return $"{SimpleName(type)}<{string.Join(", ", arguments.Select((argument, index) => Annotated(info.GenericTypeArguments[index], argument)))}>{mark}";
    }

    /// <summary>What type parameters must be, as clauses.</summary>
    public static string Constraints(Type[] arguments) => string.Concat(arguments
        .Where(argument => argument.IsGenericParameter)
        .Select(argument => (argument.Name, Needs: string.Join(", ", Needs(argument))))
        .Where(item => item.Needs.Length > 0)
        .Select(item => $" where {item.Name} : {item.Needs}"));

    /// <summary>A warning, if users get one. That which the compiler puts beside a feature that old compilers lack is no word of ours.</summary>
    public static string Obsolete(MemberInfo member)
        => member.GetCustomAttribute<ObsoleteAttribute>() is { } warning && !member.IsDefined(typeof(CompilerFeatureRequiredAttribute)) ? $" [Obsolete(\"{warning.Message}\")]" : "";

    private static IEnumerable<string> Needs(Type parameter)
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        bool isValue = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] kinds =
        [
            flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : "",
            isValue ? "struct" : "",
            .. parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Name),
            flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isValue ? "new()" : "",
        ];
        return kinds.Where(kind => kind.Length > 0);
    }
}
