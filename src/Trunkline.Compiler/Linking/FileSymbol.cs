using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

/// <summary>One import statement and the file it led to.</summary>
internal sealed class ImportedFile(ImportSyntax syntax, string path)
{
    public ImportSyntax Syntax { get; } = syntax;

    public string Path { get; } = path;

    /// <summary>The file; null when it was not found, which has been reported.</summary>
    public FileSymbol? File { get; set; }

    public bool IsPublic => Syntax.Kind == ImportKind.Public;

    /// <summary>Whether the names of the file may be used in options only.</summary>
    public bool IsForOptions => Syntax.Kind == ImportKind.Option;

    public bool IsUsed { get; set; }
}

internal sealed class FileSymbol
{
    // Before descriptor.proto says what the features of each edition are, all that is linked is descriptor.proto itself, which is proto2.
    private static readonly FeatureSet Unresolved = new()
    {
        FieldPresence = FieldPresence.Explicit,
        EnumType = EnumType.Closed,
        RepeatedFieldEncoding = RepeatedFieldEncoding.Expanded,
        Utf8Validation = Utf8Validation.None,
        MessageEncoding = MessageEncoding.LengthPrefixed,
        JsonFormat = JsonFormat.LegacyBestEffort,
        EnforceNamingStyle = EnforceNamingStyle.StyleLegacy,
        DefaultSymbolVisibility = DefaultSymbolVisibility.ExportAll,
    };

    public FileSymbol(FileSyntax syntax)
    {
        Syntax = syntax;
        Name = syntax.Source.Name;
        PackageSyntax? package = (PackageSyntax?)syntax.Statements.Find(statement => statement is PackageSyntax);
        Package = package?.Name?.Text ?? "";
        PackageSyntax = package;
        Options = new FileOptionsHolder(this);
    }

    public FileSyntax Syntax { get; }

    public string Name { get; }

    public string Package { get; }

    public PackageSyntax? PackageSyntax { get; }

    public SyntaxLevel Level => Syntax.Level;

    public Edition Edition => Syntax.Edition;

    /// <summary>What the edition says about features; elements that set none, here or around them, have these.</summary>
    public FeatureSet EditionFeatures { get; set; } = Unresolved;

    public List<ImportedFile> Imports { get; } = [];

    public List<MessageSymbol> Messages { get; } = [];

    public List<EnumSymbol> Enums { get; } = [];

    public List<ServiceSymbol> Services { get; } = [];

    public List<FieldSymbol> Extensions { get; } = [];

    /// <summary>Carries the options of the file itself.</summary>
    public FileOptionsHolder Options { get; }

    /// <summary>Whether the file, or one that it imports, could not be read or parsed: then a name that is not found says nothing.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Whether any element sets features; in most files none does, and all have those of the edition.</summary>
    public bool SetsFeatures { get; set; }

    /// <summary>The files whose names may be used here: this one, its imports, and what those import publicly.</summary>
    public HashSet<FileSymbol> Visible { get; } = [];

    /// <summary>The files whose extensions may be used as options here, beyond those in <see cref="Visible"/>.</summary>
    public HashSet<FileSymbol> VisibleToOptions { get; } = [];

    /// <summary>Where each interpreted option landed, for source info.</summary>
    public Dictionary<OptionSyntax, OptionPlace> OptionPlaces { get; } = [];

    /// <summary>Whether some element's options look different when those for the compiler alone are retained.</summary>
    public bool HasRetainedForm { get; set; }

    public SourceSpan Span(SyntaxNode node) => Syntax.Span(node);

    /// <summary>The full name of something declared at the top of this file.</summary>
    public string Qualify(string name) => Package.Length == 0 ? name : $"{Package}.{name}";
}

/// <summary>The options of a file hang on a symbol like all others; names in them resolve from inside the package.</summary>
internal sealed class FileOptionsHolder(FileSymbol file) : Symbol(file, file.Name, file.Qualify("dummy"));

/// <summary>Where an option landed.</summary>
/// <param name="Path">The field numbers below the options message of its element.</param>
/// <param name="IsSourceOnly">Whether it is for the compiler alone.</param>
/// <param name="IsAllGone">Whether its element has no options left without those for the compiler alone.</param>
internal sealed record OptionPlace(int[] Path, bool IsSourceOnly, bool IsAllGone = false);
