namespace Trunkline.Compiler.Diagnostics;

/// <summary>Files and names that do not come together: TL1201 to TL1299.</summary>
internal abstract record LinkDiagnostic(string Number, SourceSpan Place, string Text, DiagnosticSeverity Gravity = DiagnosticSeverity.Error)
    : Diagnostic(Number, Gravity, Place, Text);

internal sealed record FileNotFound(SourceSpan Place, string Name, string Roots)
    : LinkDiagnostic("TL1201", Place, $"File not found. Import roots searched: {Roots}");

internal sealed record FileUnreadable(SourceSpan Place, string Name, string Path)
    : LinkDiagnostic("TL1202", Place, $"{Name}: The file {Path} cannot be read: check its permissions and that it is no directory.");

internal sealed record FileTooLarge(SourceSpan Place, string Name, string Path)
    : LinkDiagnostic("TL1222", Place, $"{Name}: The file {Path} is longer than {DiskSourceProvider.MostBytes >> 20} MiB.")
{
    public override string? Hint => "is it the right file? A device or a pipe that never ends looks like this too";
}

internal sealed record ImportNotFound(SourceSpan Place, string Name, string Roots, string? Meant)
    : LinkDiagnostic("TL1203", Place, $"Import \"{Name}\" was not found or had errors. Import roots searched: {Roots}")
{
    public override string? Hint => Meant is null ? "add its folder with -I" : $"did you mean \"{Meant}\"?";
}

internal sealed record DuplicateImport(SourceSpan Place, string Name, SourceSpan First)
    : LinkDiagnostic("TL1204", Place, $"Import \"{Name}\" was listed twice.")
{
    public override string? Hint => "remove one of them";

    public override IReadOnlyList<RelatedSpan> Related => [new(First, "imported here already")];
}

internal sealed record ImportCycle(SourceSpan Place, string Chain)
    : LinkDiagnostic("TL1205", Place, $"File recursively imports itself: {Chain}");

internal sealed record NotBelowRoot(SourceSpan Place, string Path)
    : LinkDiagnostic("TL1206", Place, "File does not reside within any path specified using --proto_path (or -I).  You must specify a --proto_path which encompasses this file.");

internal sealed record ShadowedInput(SourceSpan Place, string Path, string Shadow)
    : LinkDiagnostic("TL1207", Place, $"Input is shadowed in the --proto_path by \"{Shadow}\".  Either use the latter file as your input or reorder the --proto_path so that the former file's location comes first.");

internal sealed record MissingRoot(SourceSpan Place, string Path)
    : LinkDiagnostic("TL1208", Place, "directory does not exist.", DiagnosticSeverity.Warning);

internal sealed record BadImportPath(SourceSpan Place, string Name)
    : LinkDiagnostic("TL1209", Place, $"{Name}: Backslashes, consecutive slashes, \".\", or \"..\" are not allowed in the virtual path");

internal sealed record UnusedImport(SourceSpan Place, string Name)
    : LinkDiagnostic("TL1210", Place, $"Import {Name} is unused.", DiagnosticSeverity.Warning)
{
    public override string? Hint => "remove it, or make it public if others are to get it through this file";
}

internal sealed record AlreadyDefined(SourceSpan Place, string FullName, SourceSpan First)
    : LinkDiagnostic("TL1211", Place, AlreadyDefinedText.For(FullName))
{
    public override IReadOnlyList<RelatedSpan> Related => [new(First, "first defined here")];
}

internal sealed record AlreadyDefinedElsewhere(SourceSpan Place, string FullName, SourceSpan First, bool IsPackage)
    : LinkDiagnostic("TL1212", Place, $"\"{FullName}\" is already defined in file \"{First.File}\".")
{
    public override IReadOnlyList<RelatedSpan> Related => [new(First, IsPackage ? "the package" : "first defined here")];
}

internal sealed record EnumValueScope(SourceSpan Place, string Value, string Scope, string Enum)
    : LinkDiagnostic("TL1213", Place, $"Note that enum values use C++ scoping rules, meaning that enum values are siblings of their type, not children of it.  Therefore, \"{Value}\" must be unique within {Scope}, not just within \"{Enum}\".")
{
    public override string? Hint => $"begin it with the name of the enum, as in {Enum.ToUpperInvariant()}_{Value}";
}

internal sealed record PackageNameTaken(SourceSpan Place, string FullName, SourceSpan Other)
    : LinkDiagnostic("TL1214", Place, $"\"{FullName}\" is already defined (as something other than a package) in file \"{Other.File}\".")
{
    public override IReadOnlyList<RelatedSpan> Related => [new(Other, "defined here")];
}

internal sealed record ExtensionNumberTaken(SourceSpan Place, int Value, string Extendee, string Other, SourceSpan OtherPlace)
    : LinkDiagnostic("TL1215", Place, $"Extension number {Value} has already been used in \"{Extendee}\" by extension \"{Other}\".")
{
    public override IReadOnlyList<RelatedSpan> Related => [new(OtherPlace, $"extension \"{Other}\" has it")];
}

/// <summary>Nothing has this name. <paramref name="Meant"/> is a name that can be used here and looks alike, <paramref name="CarriedIn"/> a file of ours that has it.</summary>
internal sealed record NotDefined(SourceSpan Place, string Name, string? Meant = null, string? CarriedIn = null)
    : LinkDiagnostic("TL1216", Place, $"\"{Name}\" is not defined.")
{
    public override string? Hint
        => CarriedIn is not null ? $"add: import \"{CarriedIn}\";" : Meant is not null ? $"did you mean \"{Meant}\"?" : null;
}

internal sealed record NotImported(SourceSpan Place, string Name, string OtherFile, string ThisFile)
    : LinkDiagnostic("TL1217", Place, $"\"{Name}\" seems to be defined in \"{OtherFile}\", which is not imported by \"{ThisFile}\".  To use it here, please add the necessary import.")
{
    public override string? Hint => $"add: import \"{OtherFile}\";";
}

internal sealed record InnerScopeHides(SourceSpan Place, string Name, string Resolved)
    : LinkDiagnostic("TL1218", Place, $"\"{Name}\" is resolved to \"{Resolved}\", which is not defined. The innermost scope is searched first in name resolution. Consider using a leading '.'(i.e., \".{Name}\") to start from the outermost scope.")
{
    public override string? Hint => $"write .{Name}";
}

internal sealed record NotAType(SourceSpan Place, string Name) : LinkDiagnostic("TL1219", Place, $"\"{Name}\" is not a type.");

internal sealed record NotAMessage(SourceSpan Place, string Name) : LinkDiagnostic("TL1220", Place, $"\"{Name}\" is not a message type.");

internal static class AlreadyDefinedText
{
    public static string For(string fullName)
    {
        int dot = fullName.LastIndexOf('.');
        return dot < 0 ? $"\"{fullName}\" is already defined." : $"\"{fullName[(dot + 1)..]}\" is already defined in \"{fullName[..dot]}\".";
    }
}

internal sealed record MapEntryNameTaken(SourceSpan Place, string Entry)
    : LinkDiagnostic("TL1221", Place, $"Expanded map entry type {Entry} conflicts with an existing nested message type.");
