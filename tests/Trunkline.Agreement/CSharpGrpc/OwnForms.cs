namespace Trunkline.Agreement.CSharpGrpc;

/// <summary>What our code offers beyond that of the plugin. Anything else beyond is a difference.</summary>
internal static class OwnForms
{
    /// <summary>The kind of an additional line, in words; null for one that nobody meant to be there.</summary>
    public static string? KindOf(string line) => line switch
    {
        _ when line.Contains("BlockingBase: ", StringComparison.Ordinal) => "classes to implement with blocking methods",
        _ when line.Contains("BlockingBase.", StringComparison.Ordinal) => "blocking methods to implement",
        _ when line.Contains("BlockingBase serviceImpl )", StringComparison.Ordinal) => "bindings of blocking implementations",
        _ when line.Contains(". IAsyncEnumerable <", StringComparison.Ordinal) => "calls that take requests from an asynchronous sequence",
        _ when line.Contains(". IEnumerable <", StringComparison.Ordinal) => "blocking calls that take requests from a sequence",
        _ => null,
    };
}
