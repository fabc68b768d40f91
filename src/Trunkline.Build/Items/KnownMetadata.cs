namespace Trunkline.Build.Items;

/// <summary>The names of metadata that mean something here or in an editor, and what a misspelt one was meant to be.</summary>
internal static class KnownMetadata
{
    public const string GrpcServices = "GrpcServices";
    public const string Access = "Access";
    public const string ProtoRoot = "ProtoRoot";
    public const string AdditionalImportDirs = "AdditionalImportDirs";
    public const string OutputDir = "OutputDir";
    public const string GrpcOutputDir = "GrpcOutputDir";
    public const string CompileOutputs = "CompileOutputs";
    public const string ProtoCompile = "ProtoCompile";
    public const string OutputOptions = "OutputOptions";
    public const string GrpcOutputOptions = "GrpcOutputOptions";
    public const string AdditionalProtocArguments = "AdditionalProtocArguments";
    public const string GrpcPluginExe = "GrpcPluginExe";

    /// <summary>Those that decide what a build does.</summary>
    public static readonly string[] Deciding =
    [
        GrpcServices, Access, ProtoRoot, AdditionalImportDirs, OutputDir, GrpcOutputDir, CompileOutputs, ProtoCompile, OutputOptions, GrpcOutputOptions,
        AdditionalProtocArguments, GrpcPluginExe,
    ];

    // For editors, for the pack target and for MSBuild's own use: names that may stand beside ours and must not be taken for misspelt ones.
    private static readonly string[] Others =
    [
        "Link", "LinkBase", "Visible", "DependentUpon", "Generator", "LastGenOutput", "CustomToolNamespace", "SubType", "InProject", "Pack", "PackagePath", "Watch",
        "CopyToOutputDirectory", "CopyToPublishDirectory", "Condition", "Exclude", "Update", "Label",
    ];

    // One letter more, less, or other, or two: more differs by intent.
    private const int MostEdits = 2;

    /// <summary>The known name that an unknown one looks like; null for one that is known or like none.</summary>
    public static string? MeantBy(string name)
    {
        foreach (var known in Others)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        string? nearest = null;
        foreach (var known in Deciding)
        {
            var edits = Edits(name.ToUpperInvariant(), known.ToUpperInvariant());
            if (edits == 0)
            {
                return null;
            }

            nearest = edits <= MostEdits ? known : nearest;
        }

        return nearest;
    }

    /// <summary>How many letters must be added, taken away or replaced to get from one name to the other.</summary>
    private static int Edits(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > MostEdits)
        {
            return MostEdits + 1;
        }

        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
