using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>
/// The public API of an assembly as sorted lines: types with their bases and arguments, members with their signatures, constants, attributes. Nothing that a
/// program can see by compiling against the assembly or by reflection over what is public is left out, but for the name of the generator.
/// </summary>
internal static class PublicApi
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string[] Of(Assembly assembly) => [.. assembly.GetExportedTypes().SelectMany(Describe).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Describe(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : "class";
        var interfaces = type.IsEnum ? [] : type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal).ToArray();
        var underlying = type.IsEnum ? $" of {Enum.GetUnderlyingType(type)}" : "";
        yield return $"{Modifiers(type)}{kind} {Name(type)}{Parameters(type.GetGenericArguments())}{underlying} : {type.BaseType} {string.Join(", ", interfaces)}"
            + Attributes(type);
        foreach (var member in type.GetMembers(All).Where(member => member is not Type && IsVisible(member)))
        {
            yield return $"{Name(type)}: {Describe(member)}{Attributes(member)}";
        }
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        FieldInfo field => IsVisible(field.IsPublic, field.IsFamily || field.IsFamilyOrAssembly),
        MethodBase method => IsVisible(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo occurrence => IsVisible(occurrence.AddMethod!),
        _ => true,
    };

    private static bool IsVisible(bool isPublic, bool isFamily) => isPublic || isFamily;

    private static string Modifiers(Type type) => (type.IsNestedFamily || type.IsNestedFamORAssem ? "protected " : "")
        + (type.IsAbstract && type.IsSealed ? "static " : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "");

    private static string Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field => $"const {Access(field.IsPublic)}{Name(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue())}",
        FieldInfo field => $"{Access(field.IsPublic)}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{{Accessor("get", property.GetMethod)}{Accessor("set", property.SetMethod)} }}",
        MethodBase method => $"{Modifiers(method)}{(method is MethodInfo info ? Name(info.ReturnType) : "")} {method.Name}"
            + $"{(method.IsGenericMethod ? Parameters(method.GetGenericArguments()) : "")}({string.Join(", ", method.GetParameters().Select(Describe))})",
        _ => member.ToString()!,
    };

    private static string Accessor(string name, MethodInfo? method) => method is null ? "" : IsVisible(method) ? $" {Modifiers(method)}{name}" : $" hidden {name}";

    private static string Access(bool isPublic) => isPublic ? "public " : "protected ";

    private static string Modifiers(MethodBase method) => Access(method.IsPublic) + (method.IsStatic ? "static " : "")
        + (method.IsAbstract ? "abstract " : method.IsFinal ? "final " : method.IsVirtual ? "virtual " : "")
        + (method.IsVirtual && method.Attributes.HasFlag(MethodAttributes.NewSlot) ? "new " : "");

    private static string Describe(ParameterInfo parameter) =>
        $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : "")}{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "") + Attributes(parameter.GetCustomAttributesData());

    private static string Parameters(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Parameter))}>";

    private static string Parameter(Type argument) => argument.IsGenericParameter
        ? $"{argument.Name} {argument.GenericParameterAttributes} {string.Join(" ", argument.GetGenericParameterConstraints().Select(Name))}"
        : Name(argument);

    private static string Attributes(MemberInfo member) => Attributes(member.GetCustomAttributesData());

    // What the compiler adds by itself says nothing about the source; the generator's name is its own.
    private static string Attributes(IEnumerable<CustomAttributeData> attributes) => string.Concat(attributes
        .Where(attribute => !attribute.AttributeType.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            && !string.Equals(attribute.AttributeType.Namespace, "System.Runtime.CompilerServices", StringComparison.Ordinal))
        .Select(attribute => attribute.AttributeType == typeof(System.CodeDom.Compiler.GeneratedCodeAttribute) ? " [GeneratedCode]" : $" {attribute}")
        .Order(StringComparer.Ordinal));

    private static string Value(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Name(Type type) => type.ToString();
}
