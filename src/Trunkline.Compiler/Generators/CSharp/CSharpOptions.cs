namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>The options of the C# generator: those of protoc, in its words, and two for newer versions of C#.</summary>
internal sealed record CSharpOptions
{
    /// <summary>What the names of generated files end with.</summary>
    public string FileExtension { get; init; } = ".cs";

    /// <summary>The namespace that the output directory stands for; null puts all files into one folder.</summary>
    public string? BaseNamespace { get; init; }

    /// <summary>Whether types are internal instead of public.</summary>
    public bool InternalAccess { get; init; }

    /// <summary>Whether messages carry <c>[Serializable]</c>.</summary>
    public bool Serializable { get; init; }

    /// <summary>Whether types that may be null are marked as such.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether the namespace is a line instead of a block.</summary>
    public bool FileScopedNamespaces { get; init; }

    /// <summary>The modifier of generated types.</summary>
    public string Access => InternalAccess ? "internal" : "public";

    /// <summary>Reads the options as written after <c>--csharp_opt=</c>: <c>name</c> or <c>name=value</c>, with commas between.</summary>
    /// <returns>The options, or null with the reason in <paramref name="error"/>.</returns>
    public static CSharpOptions? Parse(string parameter, out string? error)
    {
        var options = new CSharpOptions();
        foreach (var item in parameter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = item.Split('=', 2) is [var left, var right] ? (left, right) : (item, "");
            switch (name)
            {
                case "file_extension":
                    options = options with { FileExtension = value };
                    break;
                case "base_namespace":
                    options = options with { BaseNamespace = value };
                    break;
                case "internal_access":
                    options = options with { InternalAccess = true };
                    break;
                case "serializable":
                    options = options with { Serializable = true };
                    break;
                case "nullable":
                    options = options with { Nullable = true };
                    break;
                case "file_scoped_namespaces":
                    options = options with { FileScopedNamespaces = true };
                    break;
                default:
                    error = $"Unknown generator option: {name}. Known are file_extension, base_namespace, internal_access, serializable, nullable and file_scoped_namespaces.";
                    return null;
            }
        }

        error = null;
        return options;
    }
}
