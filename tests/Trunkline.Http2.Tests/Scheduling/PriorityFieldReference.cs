using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trunkline.Http2.Tests.Scheduling;

/// <summary>A slow reading of the <c>priority</c> field, straight from the grammar of RFC 8941 3: what the engine's reader is held to.</summary>
internal static partial class PriorityFieldReference
{
    // Milliseconds; a guard against hanging tests.
    private const int MatchTimeout = 10_000;

    private const string Key = @"[a-z*][a-z0-9_.*\-]*";
    private const string Number = @"-?(?:\d{1,12}\.\d{1,3}|\d{1,15})";
    private const string Text = """
        "(?:[\x20-\x21\x23-\x5B\x5D-\x7E]|\\["\\])*"
        """;

    private const string Token = @"[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*";
    private const string Bytes = ":[A-Za-z0-9+/=]*:";
    private const string Item = $@"(?:{Number}|{Text}|{Token}|{Bytes}|\?[01])";
    private const string Parameters = $"(?:; *{Key}(?:={Item})?)*";
    private const string InnerList = $@"\( *(?:{Item}{Parameters}(?: +{Item}{Parameters})*)? *\)";
    private const string Member = $"(?<key>{Key})(?:=(?<value>{Item}|{InnerList}))?{Parameters}";

    /// <summary>The urgency and whether it is incremental, null each where the value does not say; both null, and false, where it is no dictionary.</summary>
    public static (bool IsDictionary, int? Urgency, bool? Incremental) Read(byte[] value)
    {
        Match match = Dictionary().Match(Encoding.Latin1.GetString(value));
        if (!match.Success)
        {
            return (false, null, null);
        }

        int? urgency = null;
        bool? incremental = null;
        foreach (Capture member in match.Groups["member"].Captures)
        {
            Match parts = OneMember().Match(member.Value);
            string text = parts.Groups["value"].Success ? parts.Groups["value"].Value : "?1";
            switch (parts.Groups["key"].Value)
            {
                case "u":
                    urgency = IsInteger().IsMatch(text) && long.Parse(text, CultureInfo.InvariantCulture) is >= 0 and <= 7 and var number ? (int)number : null;
                    break;
                case "i":
                    incremental = text switch { "?1" => true, "?0" => false, _ => null };
                    break;
            }
        }

        return (true, urgency, incremental);
    }

    [GeneratedRegex($@"\A *(?:(?<member>{Member})(?:[ \t]*,[ \t]*(?<member>{Member}))*[ \t]*)?\z", RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Dictionary();

    [GeneratedRegex($@"\A{Member}\z", RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex OneMember();

    [GeneratedRegex(@"\A-?\d+\z", RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex IsInteger();
}
