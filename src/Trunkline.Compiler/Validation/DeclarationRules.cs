using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>
/// A range of extension numbers may declare which extensions use it. Here a message's declarations are checked among themselves, and extensions against the
/// declarations of the range that they are in.
/// </summary>
internal static class DeclarationRules
{
    private static readonly HashSet<string> TypeWords = new(StringComparer.Ordinal)
    {
        "double", "float", "int64", "uint64", "int32", "fixed64", "fixed32", "bool", "string", "bytes", "uint32", "enum", "sfixed32", "sfixed64", "sint32", "sint64",
    };

    public static void Check(MessageSymbol message, DiagnosticBag diagnostics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ExtensionRangeSymbol range in message.ExtensionRanges)
        {
            if (OptionsOf(range) is not { Declarations.Count: > 0 } options)
            {
                continue;
            }

            if (options.Verification == VerificationState.Unverified)
            {
                diagnostics.Add(new UnverifiedWithDeclarations(range.NameSpan));
                continue;
            }

            var numbers = new HashSet<int>();
            foreach (ExtensionDeclaration declaration in options.Declarations)
            {
                CheckNumber(declaration, range, numbers, diagnostics);
                CheckNames(declaration, range, names, diagnostics);
            }
        }
    }

    /// <summary>Checks an extension whose number is in a range of the message that it extends.</summary>
    public static void CheckExtension(FieldSymbol extension, ExtensionRangeSymbol range, DiagnosticBag diagnostics)
    {
        if (OptionsOf(range) is not { } options)
        {
            return;
        }

        SourceSpan place = extension.File.Span(extension.Extend!.Extendee);
        string extendee = range.Parent.FullName;
        ExtensionDeclaration? declaration = options.Declarations.FirstOrDefault(candidate => (candidate.Number ?? 0) == extension.Number);
        if (declaration is null)
        {
            if (options.Declarations.Count > 0 || options.Verification == VerificationState.Declaration)
            {
                diagnostics.Add(new DeclarationMissing(place, extension.FullName, extension.Number, extendee));
            }
        }
        else if (declaration.Reserved == true)
        {
            diagnostics.Add(new DeclarationReserved(place, extension.Number, extension.FullName, extendee));
        }
        else
        {
            Compare(extension, declaration, place, diagnostics);
        }
    }

    // Declarations are for the compiler alone, so only the retained form has them.
    private static ExtensionRangeOptions? OptionsOf(ExtensionRangeSymbol range) => range.RetainedOptionBytes is { } bytes ? ExtensionRangeOptions.Read(bytes) : null;

    private static void CheckNumber(ExtensionDeclaration declaration, ExtensionRangeSymbol range, HashSet<int> numbers, DiagnosticBag diagnostics)
    {
        int number = declaration.Number ?? 0;
        if (number < range.Start || number >= range.End)
        {
            diagnostics.Add(new DeclarationOutsideRange(range.NameSpan, number));
        }
        else if (!numbers.Add(number))
        {
            diagnostics.Add(new DeclarationNumberTwice(range.NameSpan, number));
        }
    }

    private static void CheckNames(ExtensionDeclaration declaration, ExtensionRangeSymbol range, HashSet<string> names, DiagnosticBag diagnostics)
    {
        if (declaration is { FullName: { } name, Type: { } type })
        {
            if (!names.Add(name))
            {
                diagnostics.Add(new DeclarationNameTwice(range.NameSpan, name));
            }

            CheckFullName(name, range, diagnostics);
            if (!TypeWords.Contains(type))
            {
                CheckFullName(type, range, diagnostics);
            }
        }
        else if (declaration.Reserved != true || declaration.FullName is not null || declaration.Type is not null)
        {
            diagnostics.Add(new DeclarationIncomplete(range.NameSpan, declaration.Number ?? 0));
        }
    }

    private static void CheckFullName(string name, ExtensionRangeSymbol range, DiagnosticBag diagnostics)
    {
        if (!name.StartsWith('.'))
        {
            diagnostics.Add(new DeclarationNameRelative(range.NameSpan, name));
        }
        else if (!name[1..].Split('.').All(IsWord))
        {
            diagnostics.Add(new DeclarationNameInvalid(range.NameSpan, name));
        }
    }

    private static bool IsWord(string part)
        => part.Length > 0 && part.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static void Compare(FieldSymbol extension, ExtensionDeclaration declaration, SourceSpan place, DiagnosticBag diagnostics)
    {
        string extendee = extension.ContainingType!.FullName;
        if (declaration.Type is { Length: > 0 } type && TypeOf(extension) is { } actualType && type != actualType)
        {
            diagnostics.Add(new DeclarationMismatch(place, extendee, extension.Number, $"be type \"{type}\", not \"{actualType}\""));
        }

        if (declaration.FullName is { Length: > 0 } name && name != "." + extension.FullName)
        {
            diagnostics.Add(new DeclarationMismatch(place, extendee, extension.Number, $"have field name \"{name}\", not \".{extension.FullName}\""));
        }

        if ((declaration.Repeated ?? false) != extension.IsRepeated)
        {
            diagnostics.Add(new DeclarationMismatch(place, extendee, extension.Number, declaration.Repeated == true ? "be repeated" : "be optional"));
        }
    }

    private static string? TypeOf(FieldSymbol extension) => extension.Type switch
    {
        null => null,
        FieldType.Message or FieldType.Group => "." + extension.MessageType!.FullName,
        FieldType.Enum => "." + extension.EnumType!.FullName,
        { } scalar => scalar.ToString().ToLowerInvariant(),
    };
}
