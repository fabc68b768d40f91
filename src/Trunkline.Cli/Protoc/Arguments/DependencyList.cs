namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>A list of files that inputs may import, as build systems give it to keep imports honest.</summary>
/// <param name="flag">The flag that gives it.</param>
/// <param name="violation">What to say of an import outside the list; <c>%s</c> stands for its name.</param>
internal sealed class DependencyList(string flag, string violation)
{
    /// <summary>The flag that gives the list.</summary>
    public string Flag { get; } = flag;

    /// <summary>The files; null when there is no list, so that anything may be imported.</summary>
    public HashSet<string>? Files { get; set; }

    /// <summary>What to say of an import outside the list; <c>%s</c> stands for its name.</summary>
    public string Violation { get; set; } = violation;
}
