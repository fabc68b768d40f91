namespace Trunkline.Agreement.Compilers;

/// <summary>One way to write a descriptor set: which of protoc's flags are given.</summary>
internal sealed record DescriptorForm(string Name, bool IncludeImports, bool IncludeSourceInfo, bool RetainOptions = false)
{
    public static IReadOnlyList<DescriptorForm> All { get; } =
    [
        new("plain", IncludeImports: false, IncludeSourceInfo: false),
        new("imports", IncludeImports: true, IncludeSourceInfo: false),
        new("source info", IncludeImports: false, IncludeSourceInfo: true),
        new("imports and source info", IncludeImports: true, IncludeSourceInfo: true),
        new("retained options", IncludeImports: false, IncludeSourceInfo: false, RetainOptions: true),
        new("all", IncludeImports: true, IncludeSourceInfo: true, RetainOptions: true),
    ];

    public IEnumerable<string> Flags
    {
        get
        {
            if (IncludeImports)
            {
                yield return "--include_imports";
            }

            if (IncludeSourceInfo)
            {
                yield return "--include_source_info";
            }

            if (RetainOptions)
            {
                yield return "--retain_options";
            }
        }
    }
}
