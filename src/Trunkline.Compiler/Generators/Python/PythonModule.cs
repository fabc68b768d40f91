using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>The module that a <c>.proto</c> file becomes: <c>a/b-c.proto</c> is <c>a.b_c_pb2</c>.</summary>
/// <param name="Name">The name with its packages, <c>a.b_c_pb2</c>.</param>
internal sealed record PythonModule(string Name)
{
    private const string RuntimePackage = "google.protobuf.";

    private static readonly string[] SourceExtensions = [".protodevel", ".proto"];

    /// <summary>The last part of the name.</summary>
    public string SimpleName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The part before that; empty for a module without a package.</summary>
    public string Package => Name.LastIndexOf('.') is > 0 and var dot ? Name[..dot] : "";

    /// <summary>What other modules call it: the parts of the path in one word.</summary>
    public string Alias => Name.Replace("_", "__", StringComparison.Ordinal).Replace(".", "_dot_", StringComparison.Ordinal);

    /// <summary>Whether a part of the name is a keyword, so that no import statement can name it.</summary>
    public bool HasKeyword => Name.Split('.').Any(PythonNames.IsKeyword);

    /// <summary>The module of a file.</summary>
    public static PythonModule Of(FileDescriptorProto file) => Of(file.Name!);

    /// <summary>The module of the file of that name.</summary>
    public static PythonModule Of(string fileName)
    {
        var extension = Array.Find(SourceExtensions, end => fileName.EndsWith(end, StringComparison.Ordinal)) ?? "";
        return new PythonModule(fileName[..^extension.Length].Replace('-', '_').Replace('/', '.') + "_pb2");
    }

    /// <summary>The path of the generated file. A dot in a name is a folder, too, since Python would look for one.</summary>
    public string PathWith(string extension) => Name.Replace('.', '/') + extension;

    /// <summary>What the import statement says before <c>as</c>.</summary>
    /// <param name="importer">The module in which it stands.</param>
    /// <param name="isRelative">Whether it starts from there.</param>
    public string ImportStatement(PythonModule importer, bool isRelative)
        => isRelative && IsRelativeTo(importer) ? $"from {PackageSeenFrom(importer)} import {SimpleName}"
            : Package.Length == 0 ? $"import {Name}"
            : $"from {Package} import {SimpleName}";

    /// <summary>The whole name as an import in <paramref name="importer"/> says it: <c>a.b_pb2</c>, or <c>..b_pb2</c> when relative.</summary>
    public string SeenFrom(PythonModule importer, bool isRelative)
    {
        if (!isRelative || !IsRelativeTo(importer))
        {
            return Name;
        }

        var package = PackageSeenFrom(importer);
        return package.EndsWith('.') ? package + SimpleName : $"{package}.{SimpleName}";
    }

    // What lies in google.protobuf comes with the runtime, wherever the generated code is.
    private bool IsRelativeTo(PythonModule importer)
        => !Name.StartsWith(RuntimePackage, StringComparison.Ordinal) && !importer.Name.StartsWith(RuntimePackage, StringComparison.Ordinal);

    private string PackageSeenFrom(PythonModule importer)
    {
        string[] here = Parts(importer.Package);
        string[] there = Parts(Package);
        var shared = 0;
        while (shared < here.Length && shared < there.Length && here[shared] == there[shared])
        {
            shared++;
        }

        return new string('.', here.Length - shared + 1) + string.Join('.', there[shared..]);
    }

    private static string[] Parts(string package) => package.Length == 0 ? [] : package.Split('.');
}
