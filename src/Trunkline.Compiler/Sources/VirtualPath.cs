namespace Trunkline.Compiler.Sources;

/// <summary>Paths as protoc compares them: forward slashes, no empty or <c>.</c> parts.</summary>
internal static class VirtualPath
{
    public static string Canonicalize(string path)
    {
        string slashed = OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
        string[] parts = slashed.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string joined = string.Join('/', parts.Where(part => part != "."));
        return slashed.StartsWith('/') ? "/" + joined : joined;
    }

    public static bool HasParentReference(string path)
        => path == ".." || path.StartsWith("../", StringComparison.Ordinal) || path.EndsWith("/..", StringComparison.Ordinal)
            || path.Contains("/../", StringComparison.Ordinal);

    /// <summary>Whether an import may name this path: relative, canonical, going down only.</summary>
    public static bool IsValidImport(string path)
        => path.Length > 0 && !path.Contains('\\') && !HasParentReference(path) && Canonicalize(path) == path;

    /// <summary>Replaces one prefix by another when the prefix matches whole parts of the path; null when it does not.</summary>
    public static string? Remap(string path, string oldPrefix, string newPrefix)
    {
        string rest;
        if (oldPrefix.Length == 0)
        {
            // The current directory: anything relative that stays below it.
            if (HasParentReference(path) || path.StartsWith('/') || Path.IsPathFullyQualified(path))
            {
                return null;
            }

            rest = path;
        }
        else if (path == oldPrefix)
        {
            return newPrefix;
        }
        else if (path.StartsWith(oldPrefix, StringComparison.Ordinal) && (oldPrefix.EndsWith('/') || path[oldPrefix.Length] == '/'))
        {
            rest = path[oldPrefix.Length..].TrimStart('/');
        }
        else
        {
            return null;
        }

        if (HasParentReference(rest))
        {
            return null;
        }

        return newPrefix.Length == 0 ? rest : newPrefix.EndsWith('/') ? newPrefix + rest : $"{newPrefix}/{rest}";
    }
}
