using System.Globalization;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Trunkline.Agreement.CSharp.Api;

/// <summary>The public and protected API of an assembly as sorted lines, one for each type and member.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string[] Of(Assembly assembly) => [.. assembly.GetExportedTypes().Where(type => !IsService(type)).SelectMany(Describe).Order(StringComparer.Ordinal)];

    // Code of services is compared elsewhere, and only our assembly has it.
    private static bool IsService(Type type)
        => type.DeclaringType is { } outer ? IsService(outer) : type.GetProperty("Descriptor", Declared)?.PropertyType == typeof(ServiceDescriptor);

    private static IEnumerable<string> Describe(Type type)
    {
        yield return $"{Kind(type)} {type}{Bases(type)}{Attributes(type)}";
        foreach (string member in type.GetMembers(Declared).Select(Describe).OfType<string>())
        {
            yield return $"{type}: {member}";
        }
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        IEnumerable<Type> interfaces = type.IsEnum ? [] : type.GetInterfaces();
        string?[] bases = [(type.IsEnum ? Enum.GetUnderlyingType(type) : type.BaseType)?.ToString(), .. interfaces.Select(item => item.ToString()).Order(StringComparer.Ordinal)];
        return " : " + string.Join(", ", bases);
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: true } => null,
        FieldInfo field => Visibility(field) is { } access ? $"{access}{Describe(field)}{Attributes(field)}" : null,
        PropertyInfo property => DescribeProperty(property),
        EventInfo added => $"event {added.EventHandlerType} {added.Name}{Attributes(added)}",
        MethodInfo { IsSpecialName: true } accessor when !accessor.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => Visibility(method) is { } access ? $"{access}{Modifiers(method)}{method.ReturnType} {method.Name}{Generic(method)}({Parameters(method)}){Attributes(method)}" : null,
        ConstructorInfo { IsStatic: true } => null,
        ConstructorInfo constructor => Visibility(constructor) is { } access ? $"{access}new({Parameters(constructor)}){Attributes(constructor)}" : null,
        _ => null,
    };

    private static string Describe(FieldInfo field) => field.IsLiteral
        ? $"const {field.FieldType} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{field.FieldType} {field.Name}";

    private static string? DescribeProperty(PropertyInfo property)
    {
        string accessors = Accessor(property.GetMethod, "get") + Accessor(property.SetMethod, "set");
        MethodInfo? method = property.GetMethod ?? property.SetMethod;
        return accessors.Length == 0 ? null : $"{Modifiers(method!)}{property.PropertyType} {property.Name} {{{accessors} }}{Attributes(property)}";
    }

    private static string Accessor(MethodInfo? method, string word) => method is not null && Visibility(method) is { } access ? $" {access}{word}" : "";

    private static string? Visibility(FieldInfo field) => field.IsPublic ? "" : field.IsFamily || field.IsFamilyOrAssembly ? "protected " : null;

    private static string? Visibility(MethodBase method) => method.IsPublic ? "" : method.IsFamily || method.IsFamilyOrAssembly ? "protected " : null;

    private static string Modifiers(MethodInfo method)
        => method.IsStatic ? "static " : method.GetBaseDefinition() != method ? "override " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.ToString()))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Describe));

    private static string Describe(ParameterInfo parameter)
    {
        string value = parameter.HasDefaultValue ? $" = {Convert.ToString(parameter.RawDefaultValue, CultureInfo.InvariantCulture)}" : "";
        return $"{parameter.ParameterType} {parameter.Name}{value}{(parameter.GetCustomAttribute<ParamArrayAttribute>() is null ? "" : " params")}";
    }

    // What users and Google.Protobuf look at. The names of the generator and hints for debuggers are not among that.
    private static string Attributes(MemberInfo member)
    {
        string obsolete = member.GetCustomAttribute<ObsoleteAttribute>(inherit: false) is { } old ? $" [Obsolete({old.Message}, {old.IsError})]" : "";
        string original = member.GetCustomAttribute<OriginalNameAttribute>(inherit: false) is { } name ? $" [OriginalName({name.Name}, {name.PreferredAlias})]" : "";
        string flags = member.IsDefined(typeof(FlagsAttribute), inherit: false) ? " [Flags]" : "";
        string serializable = member is Type { IsEnum: false } && member.IsDefined(typeof(SerializableAttribute), inherit: false) ? " [Serializable]" : "";
        return obsolete + original + flags + serializable;
    }
}
