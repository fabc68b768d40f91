using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Linking;

/// <summary>One import statement and the file it led to.</summary>
internal sealed class ImportedFile(ImportSyntax syntax, string path)
{
    public ImportSyntax Syntax { get; } = syntax;

    public string Path { get; } = path;

    /// <summary>The file; null when it was not found, which has been reported.</summary>
    public FileSymbol? File { get; set; }

    public bool IsPublic => Syntax.Kind == ImportKind.Public;

    public bool IsUsed { get; set; }
}

internal sealed class FileSymbol
{
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

    public List<ImportedFile> Imports { get; } = [];

    public List<MessageSymbol> Messages { get; } = [];

    public List<EnumSymbol> Enums { get; } = [];

    public List<ServiceSymbol> Services { get; } = [];

    public List<FieldSymbol> Extensions { get; } = [];

    /// <summary>Carries the options of the file itself.</summary>
    public FileOptionsHolder Options { get; }

    /// <summary>Whether the file, or one that it imports, could not be read or parsed: then a name that is not found says nothing.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>The files whose names may be used here: this one, its imports, and what those import publicly.</summary>
    public HashSet<FileSymbol> Visible { get; } = [];

    /// <summary>Where each interpreted option landed: field numbers below the options message, for source info.</summary>
    public Dictionary<OptionSyntax, int[]> OptionPaths { get; } = [];

    public SourceSpan Span(SyntaxNode node) => Syntax.Span(node);

    /// <summary>The full name of something declared at the top of this file.</summary>
    public string Qualify(string name) => Package.Length == 0 ? name : $"{Package}.{name}";
}

/// <summary>The options of a file hang on a symbol like all others; names in them resolve from inside the package.</summary>
internal sealed class FileOptionsHolder(FileSymbol file) : Symbol(file, file.Name, file.Qualify("dummy"));
