using Trunkline.Compiler.Diagnostics;

namespace Trunkline.Compiler.Linking;

/// <summary>All full names of a compilation. The first declaration of a name keeps it; later ones are reported where they stand.</summary>
/// <param name="carried">The names of a descriptor.proto that no file names: options have their types there, but nothing else of it is in anybody's way.</param>
internal sealed class SymbolTable(SymbolTable? carried = null)
{
    private const int UsualLength = 256;

    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(MessageSymbol Extendee, int Number), FieldSymbol> _extensions = [];

    private Dictionary<string, Symbol>.AlternateLookup<ReadOnlySpan<char>> BySpan => _symbols.GetAlternateLookup<ReadOnlySpan<char>>();

    public Symbol? Find(ReadOnlySpan<char> fullName) => BySpan.TryGetValue(fullName, out Symbol? symbol) ? symbol : null;

    /// <summary>Finds a name inside a scope, without making the full name: most names of a file are looked for in several scopes before they are found.</summary>
    public Symbol? Find(ReadOnlySpan<char> scope, ReadOnlySpan<char> name)
    {
        int length = scope.Length + 1 + name.Length;
        Span<char> fullName = length <= UsualLength ? stackalloc char[UsualLength] : new char[length];
        scope.CopyTo(fullName);
        fullName[scope.Length] = '.';
        name.CopyTo(fullName[(scope.Length + 1)..]);
        return Find(fullName[..length]);
    }

    public IEnumerable<Symbol> All => _symbols.Values;

    /// <summary>The message that holds options, such as <c>google.protobuf.FileOptions</c>.</summary>
    public MessageSymbol? FindOptions(string fullName) => (Find(fullName) ?? carried?.Find(fullName)) as MessageSymbol;

    public FieldSymbol? FindExtension(MessageSymbol extendee, int number) => _extensions.GetValueOrDefault((extendee, number));

    public bool Declare(Symbol symbol, DiagnosticBag diagnostics)
    {
        if (_symbols.TryAdd(symbol.FullName, symbol))
        {
            return true;
        }

        Symbol existing = _symbols[symbol.FullName];
        if (existing is MessageSymbol { IsMapEntry: true } entry)
        {
            // Nobody wrote the name that is taken, so the map field is where to look.
            diagnostics.Add(new MapEntryNameTaken(entry.NameSpan, entry.Name));
            return false;
        }

        diagnostics.Add(existing.File != symbol.File
            ? new AlreadyDefinedElsewhere(symbol.NameSpan, symbol.FullName, PlaceOf(existing), existing is PackageSymbol)
            : new AlreadyDefined(symbol.NameSpan, symbol.FullName, PlaceOf(existing)));
        if (symbol is EnumValueSymbol value)
        {
            diagnostics.Add(new EnumValueScope(value.NameSpan, value.Name, ScopeOf(value), value.Parent.Name));
        }

        return false;
    }

    public void DeclarePackage(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (file.Package.Length == 0)
        {
            return;
        }

        int end = -1;
        do
        {
            end = file.Package.IndexOf('.', end + 1);
            string fullName = end < 0 ? file.Package : file.Package[..end];
            string name = fullName[(fullName.LastIndexOf('.') + 1)..];
            if (!_symbols.TryAdd(fullName, new PackageSymbol(file, name, fullName)) && _symbols[fullName] is not PackageSymbol)
            {
                diagnostics.Add(new PackageNameTaken(file.Span(file.PackageSyntax!.Name!), fullName, _symbols[fullName].NameSpan));
                return;
            }
        }
        while (end >= 0);
    }

    public void DeclareExtension(FieldSymbol extension, DiagnosticBag diagnostics)
    {
        MessageSymbol extendee = extension.ContainingType!;
        if (!_extensions.TryAdd((extendee, extension.Number), extension))
        {
            FieldSymbol other = _extensions[(extendee, extension.Number)];
            diagnostics.Add(new ExtensionNumberTaken(
                extension.File.Span(extension.Syntax!.Number), extension.Number, extendee.FullName, other.FullName, other.File.Span(other.Syntax!.Number)));
        }
    }

    private static SourceSpan PlaceOf(Symbol symbol)
        => symbol is PackageSymbol { File.PackageSyntax.Name: { } name } ? symbol.File.Span(name) : symbol.NameSpan;

    private static string ScopeOf(EnumValueSymbol value)
    {
        int dot = value.FullName.LastIndexOf('.');
        return dot < 0 ? "the global scope" : $"\"{value.FullName[..dot]}\"";
    }
}
