using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Trunkline.Architecture.Tests.Ledger;

/// <summary>Members as they would be declared.</summary>
internal static class MemberText
{
    /// <summary>The member, or null when users cannot see it.</summary>
    public static string? Of(MemberInfo member, Type type) => member switch
    {
        FieldInfo field when IsVisible(field.Attributes, type) && !field.IsSpecialName => Field(field, type),
        PropertyInfo property => Property(property, type),
        EventInfo happening when happening.AddMethod is { } add && IsVisible(add, type) => $"{Modifiers(add, type)}event {TypeText.Name(happening.EventHandlerType!)} {happening.Name}{TypeText.Obsolete(member)}",
        ConstructorInfo constructor when IsVisible(constructor, type) && !constructor.IsStatic => $"{Access(constructor)}{TypeText.SimpleName(type)}({Parameters(constructor)}){TypeText.Obsolete(member)}",
        MethodInfo method when IsVisible(method, type) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) => Method(method, type),
        _ => null,
    };

    public static string Return(MethodInfo method)
        => (method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.InteropServices.InAttribute)) ? "ref readonly " : method.ReturnType.IsByRef ? "ref " : "")
            + TypeText.Annotated(new NullabilityInfoContext().Create(method.ReturnParameter), method.ReturnType);

    public static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string passing = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string many = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        string type = TypeText.Annotated(new NullabilityInfoContext().Create(parameter), parameter.ParameterType);
        return $"{many}{passing}{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Value(parameter.DefaultValue) : "")}";
    }

    private static string Field(FieldInfo field, Type type)
    {
        if (type.IsEnum)
        {
            return $"{field.Name} = {Value(field.GetRawConstantValue())}{TypeText.Obsolete(field)}";
        }

        string modifiers = field.IsLiteral ? "const " : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}";
        string value = field.IsLiteral ? " = " + Value(field.GetRawConstantValue()) : "";
        return $"{(field.IsPublic ? "" : "protected ")}{modifiers}{TypeText.Annotated(new NullabilityInfoContext().Create(field), field.FieldType)} {field.Name}{value}{TypeText.Obsolete(field)}";
    }

    private static string? Property(PropertyInfo property, Type type)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(accessor => IsVisible(accessor, type))];
        if (accessors.Length == 0)
        {
            return null;
        }

        MethodInfo widest = Array.Find(accessors, accessor => accessor.IsPublic) ?? accessors[0];
        IEnumerable<string> verbs = accessors.Select(accessor => $"{(accessor.IsPublic == widest.IsPublic ? "" : "protected ")}{Verb(accessor)};");
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        string typeText = TypeText.Annotated(new NullabilityInfoContext().Create(property), property.PropertyType);
        return $"{Modifiers(widest, type)}{required}{(property.PropertyType.IsByRef ? "ref " : "")}{typeText} {property.Name}{index} {{ {string.Join(' ', verbs)} }}{TypeText.Obsolete(property)}";
    }

    private static string Verb(MethodInfo accessor) => accessor.Name.StartsWith("get_", StringComparison.Ordinal) ? "get"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";

    private static string Method(MethodInfo method, Type type)
    {
        Type[] arguments = method.GetGenericArguments();
        string generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => argument.Name))}>";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method, type)}{Return(method)} {method.Name}{generic}({extension}{Parameters(method)}){TypeText.Constraints(arguments)}{TypeText.Obsolete(method)}";
    }

    private static string Modifiers(MethodBase method, Type type)
    {
        string access = Access(method);
        if (method.IsStatic)
        {
            return access + (method.IsAbstract ? "static abstract " : "static ");
        }

        bool isOverride = method is MethodInfo info && info.GetBaseDefinition() != info;
        return access + (type.IsInterface ? "" : isOverride ? "override " : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "");
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    // What is protected is part of the API of a type that others may derive from.
    private static bool IsVisible(MethodBase method, Type type) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !type.IsSealed);

    private static bool IsVisible(FieldAttributes attributes, Type type) => (attributes & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => true,
        FieldAttributes.Family or FieldAttributes.FamORAssem => !type.IsSealed,
        _ => false,
    };

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        Enum named => $"{named.GetType().Name}.{named}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
