using System.Globalization;
using System.Text.RegularExpressions;

namespace Trunkline.Peers.Tests;

/// <summary>What h2load prints at its end.</summary>
internal static partial class H2loadReport
{
    /// <summary>The bytes of all DATA payloads that it received.</summary>
    public static long DataBytes(string report)
    {
        Match match = Data().Match(report);
        return match.Success ? long.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture) : throw new FormatException($"no traffic line in:\n{report}");
    }

    [GeneratedRegex(@"\((?<bytes>[0-9]+)\) data", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Data();
}
