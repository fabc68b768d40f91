using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>How things are named, where the feature enforce_naming_style asks for a style.</summary>
internal static class NamingStyleRules
{
    private static readonly string[] AccessorPrefixes = ["get_", "set_", "has_", "clear_"];

    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (file.Edition < Edition.Edition2024)
        {
            return;
        }

        if (file.PackageSyntax is { } package && IsEnforced(file.Options) && PackageProblem(file.Package) is { } problem)
        {
            diagnostics.Add(new NameAgainstStyle(file.Span(package), "Package", file.Package, problem, "STYLE_LEGACY"));
        }

        foreach (Symbol element in file.AllElements())
        {
            if (IsEnforced(element) && element is not (MessageSymbol { IsMapEntry: true } or FieldSymbol { ContainingType.IsMapEntry: true } or OneofSymbol { IsSynthetic: true }))
            {
                CheckElement(element, diagnostics);
            }
        }
    }

    private static bool IsEnforced(Symbol element) => element.Features.EnforceNamingStyle is EnforceNamingStyle.Style2024 or EnforceNamingStyle.Style2026;

    private static void CheckElement(Symbol element, DiagnosticBag diagnostics)
    {
        string name = element.Name;
        (string Kind, string? Problem, Func<string, string> ToStyle) finding = element switch
        {
            FieldSymbol => ("Field", SnakeCaseProblem(name), NamingStyle.ToSnakeCase),
            OneofSymbol => ("Oneof", SnakeCaseProblem(name), NamingStyle.ToSnakeCase),
            EnumValueSymbol => ("Enum value", UpperCaseProblem(name), NamingStyle.ToUpperCase),
            ExtensionRangeSymbol or FileOptionsHolder => ("", null, NamingStyle.ToSnakeCase),
            MessageSymbol => ("Message", TitleCaseProblem(name), NamingStyle.ToTitleCase),
            EnumSymbol => ("Enum", TitleCaseProblem(name), NamingStyle.ToTitleCase),
            ServiceSymbol => ("Service", TitleCaseProblem(name), NamingStyle.ToTitleCase),
            _ => ("Method", TitleCaseProblem(name), NamingStyle.ToTitleCase),
        };
        if (finding.Problem is { } problem)
        {
            diagnostics.Add(new NameAgainstStyle(element.NameSpan, finding.Kind, name, problem, "STYLE_LEGACY", finding.ToStyle(name)));
        }

        if (element.Features.EnforceNamingStyle == EnforceNamingStyle.Style2026 && CollisionProblem(element) is { } collision)
        {
            diagnostics.Add(new NameAgainstStyle(element.NameSpan, finding.Kind, element.Name, collision + " This can cause collisions in generated code.", "STYLE2024"));
        }
    }

    private static string? PackageProblem(string name)
        => !name.All(character => IsLowerOrDigit(character) || character is '_' or '.') ? "should be lower_snake_case" : UnderscoreProblem(name);

    private static string? SnakeCaseProblem(string name)
        => !name.All(character => IsLowerOrDigit(character) || character == '_') ? "should be lower_snake_case"
            : !char.IsAsciiLetterLower(name[0]) ? "should begin with a lower case letter"
            : UnderscoreProblem(name);

    private static string? UpperCaseProblem(string name)
        => !name.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_') ? "should be UPPER_SNAKE_CASE"
            : !char.IsAsciiLetterUpper(name[0]) ? "should begin with an upper case letter"
            : UnderscoreProblem(name);

    private static string? TitleCaseProblem(string name)
        => !name.All(char.IsAsciiLetterOrDigit) ? "should be TitleCase"
            : !char.IsAsciiLetterUpper(name[0]) ? "should begin with a capital letter"
            : null;

    /// <summary>An underscore stands before a letter: otherwise other spellings of the name would lose it.</summary>
    private static string? UnderscoreProblem(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '_' && (i == name.Length - 1 || !char.IsAsciiLetter(name[i + 1])))
            {
                return "contains style violating underscores";
            }
        }

        return null;
    }

    /// <summary>Whether generated code would have one accessor for two fields.</summary>
    private static string? CollisionProblem(Symbol element)
    {
        MessageSymbol? message = element switch
        {
            FieldSymbol field => field.ContainingType,
            OneofSymbol oneof => oneof.Parent,
            _ => null,
        };
        if (message is null)
        {
            return null;
        }

        if (element.Name == "descriptor")
        {
            return "should not be named descriptor.";
        }

        foreach (string prefix in AccessorPrefixes)
        {
            if (element.Name.StartsWith(prefix, StringComparison.Ordinal) && HasMember(message, element.Name[prefix.Length..]))
            {
                return $"should not begin with {prefix} if a field named {element.Name[prefix.Length..]} exists.";
            }
        }

        return element.Name.EndsWith("_value", StringComparison.Ordinal) && HasMember(message, element.Name[..^"_value".Length])
            ? $"should not end with _value if a field named {element.Name[..^"_value".Length]} exists."
            : null;
    }

    private static bool HasMember(MessageSymbol message, string name)
        => message.FindField(name) is not null || message.Oneofs.Exists(oneof => oneof.Name == name && !oneof.IsSynthetic);

    private static bool IsLowerOrDigit(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
}
