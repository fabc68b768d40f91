using System.Globalization;
using System.Reflection;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>The public API of an assembly as sorted lines.</summary>
internal static class PublicApi
{
    private const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string[] Of(Assembly assembly) => [.. assembly.GetExportedTypes().SelectMany(Describe).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Describe(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsAbstract && type.IsSealed ? "static class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<string> interfaces = type.IsEnum ? [] : type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal);
        yield return $"{kind} {Name(type)} : {string.Join(", ", interfaces)}{Obsolete(type)}";
        foreach (var member in type.GetMembers(Visible).Where(member => member is not Type))
        {
            yield return $"{Name(type)}: {Describe(member)}{Obsolete(member)}";
        }
    }

    private static string Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field => $"const {Name(field.FieldType)} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" + Original(field),
        FieldInfo field => $"{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{{(property.CanRead ? " get" : "")}{(property.SetMethod?.IsPublic == true ? " set" : "")} }}",
        MethodBase method => $"{(method.IsStatic ? "static " : "")}{(method is MethodInfo info ? Name(info.ReturnType) : "")} {method.Name}({Parameters(method)})",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Obsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute), inherit: false) ? " [Obsolete]" : "";

    private static string Original(FieldInfo field) =>
        field.GetCustomAttribute<Google.Protobuf.Reflection.OriginalNameAttribute>() is { } name ? $" [{name.Name}, {name.PreferredAlias}]" : "";

    private static string Name(Type type) => type.ToString();
}
