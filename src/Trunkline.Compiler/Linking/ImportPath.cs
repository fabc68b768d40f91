using System.Text.Unicode;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Sources;
using Trunkline.Compiler.WellKnown;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

/// <summary>
/// Finds files by name along the import roots, and names for files. The first root that has a file wins; behind all roots stand the well-known types that the
/// compiler carries, so that a user needs no copy and may still bring one.
/// </summary>
internal sealed class ImportPath
{
    private readonly ISourceProvider _provider;
    private readonly List<ImportRoot> _roots;
    private readonly Dictionary<string, FileDescriptorProto> _descriptors = new(StringComparer.Ordinal);

    public ImportPath(CompilerOptions options, DiagnosticBag diagnostics)
    {
        _provider = options.Sources;
        _roots = options.ImportRoots.Count == 0
            ? options.DescriptorSets.Count == 0 ? [new ImportRoot("", "")] : []
            : options.ImportRoots.Select(root => new ImportRoot(VirtualPath.Canonicalize(root.VirtualPath), VirtualPath.Canonicalize(root.DiskPath))).ToList();
        foreach (ImportRoot root in _roots)
        {
            if (root.DiskPath.Length > 0 && !_provider.DirectoryExists(root.DiskPath) && !_provider.Exists(root.DiskPath))
            {
                diagnostics.Add(new MissingRoot(SourceSpan.WholeFile(root.DiskPath), root.DiskPath));
            }
        }

        foreach (FileDescriptorProto file in options.DescriptorSets.SelectMany(set => set.Files))
        {
            _descriptors.TryAdd(file.Name ?? "", file);
        }
    }

    /// <summary>The roots as a diagnostic lists them.</summary>
    public string Description => string.Join(", ", _roots.Select(root => root.DiskPath.Length == 0 ? "." : root.DiskPath)
        .Concat(_descriptors.Count == 0 ? [] : ["the descriptor sets"]));

    /// <summary>The name of a file that was asked for by its path on disk or by its name; null after a report.</summary>
    public string? FindName(string requested, DiagnosticBag diagnostics)
    {
        string path = VirtualPath.Canonicalize(requested);
        bool isCompiled = _descriptors.ContainsKey(requested);
        bool isOnDisk = _roots.Count > 0 && _provider.Exists(path);
        if (isCompiled && !isOnDisk)
        {
            return requested;
        }

        if (!isOnDisk)
        {
            if (VirtualPath.IsValidImport(path) && (FindOnDisk(path) is not null || WellKnownFiles.Contains(path)))
            {
                return path;
            }

            diagnostics.Add(new FileNotFound(SourceSpan.WholeFile(requested), requested, Description));
            return null;
        }

        for (int i = 0; i < _roots.Count; i++)
        {
            if (VirtualPath.Remap(path, _roots[i].DiskPath, _roots[i].VirtualPath) is { Length: > 0 } name)
            {
                return IsShadowed(requested, name, i, diagnostics) ? null : name;
            }
        }

        if (isCompiled || (VirtualPath.IsValidImport(path) && FindOnDisk(path) is not null))
        {
            return path;
        }

        diagnostics.Add(new NotBelowRoot(SourceSpan.WholeFile(requested), requested));
        return null;
    }

    /// <summary>Reads the file of a name; null when there is none or, after a report, when it cannot be used.</summary>
    public SourceFile? Open(string name, SourceSpan place, DiagnosticBag diagnostics)
    {
        bool isValid = VirtualPath.IsValidImport(name);
        _descriptors.TryGetValue(name, out FileDescriptorProto? descriptor);
        if (!isValid && descriptor is null)
        {
            diagnostics.Add(new BadImportPath(place, name));
            return null;
        }

        foreach (ImportRoot root in isValid ? _roots : [])
        {
            if (VirtualPath.Remap(name, root.VirtualPath, root.DiskPath) is not { } path)
            {
                continue;
            }

            switch (_provider.TryRead(path, out ReadOnlyMemory<byte> content))
            {
                case SourceReadResult.Found:
                    return Prepare(name, path, content, diagnostics);
                case SourceReadResult.TooLarge:
                    diagnostics.Add(new FileTooLarge(place, name, path));
                    return null;
                case SourceReadResult.Unreadable:
                    // The next root may have a file of that name, but it is not the one that was meant.
                    diagnostics.Add(new FileUnreadable(place, name, path));
                    return null;
            }
        }

        return descriptor is null ? OpenCarried(name) : new SourceFile(name, null, default) { Descriptor = descriptor };
    }

    /// <summary>The file of this name that the compiler brings along; null when it brings none.</summary>
    public static SourceFile? OpenCarried(string name)
        => WellKnownFiles.TryOpen(name, out ReadOnlyMemory<byte> carried) ? new SourceFile(name, null, carried) { IsCarried = true } : null;

    private bool IsShadowed(string requested, string name, int before, DiagnosticBag diagnostics)
    {
        for (int i = 0; i < before; i++)
        {
            if (VirtualPath.Remap(name, _roots[i].VirtualPath, _roots[i].DiskPath) is { } shadow && _provider.Exists(shadow))
            {
                diagnostics.Add(new ShadowedInput(SourceSpan.WholeFile(requested), requested, shadow));
                return true;
            }
        }

        return false;
    }

    private string? FindOnDisk(string name)
        => _roots.Select(root => VirtualPath.Remap(name, root.VirtualPath, root.DiskPath)).FirstOrDefault(path => path is not null && _provider.Exists(path));

    /// <summary>Takes off the byte order mark and warns of text that is not UTF-8: it does no harm in a comment, and literals are checked where they are read.</summary>
    private static SourceFile? Prepare(string name, string path, ReadOnlyMemory<byte> content, DiagnosticBag diagnostics)
    {
        ReadOnlyMemory<byte> marked = content;
        ReadOnlySpan<byte> bytes = content.Span;
        if (bytes.Length > 0 && bytes[0] == 0xEF)
        {
            if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            {
                diagnostics.Add(new WrongByteOrderMark(new SourceSpan(name, 1, 1, 1, 2)));
                return null;
            }

            content = content[3..];
        }

        var file = new SourceFile(name, path, content) { MarkedText = marked };
        if (!Utf8.IsValid(content.Span))
        {
            diagnostics.Add(new InvalidUtf8(FirstInvalidByte(file)));
        }

        return file;
    }

    private static SourceSpan FirstInvalidByte(SourceFile file)
    {
        ReadOnlySpan<byte> bytes = file.Text.Span;
        int position = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[position..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        var cursor = new ByteCursor(bytes, 0, 0, file.FirstColumn);
        cursor.Advance(position);
        return file.Span(cursor.Line, cursor.Column, cursor.Line, cursor.Column + 1);
    }
}
