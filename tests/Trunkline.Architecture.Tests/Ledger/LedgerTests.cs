using System.Reflection;

namespace Trunkline.Architecture.Tests.Ledger;

/// <summary>
/// Each library's public API stands in its <c>PublicApi.txt</c>, so that a change to it is seen in review and never slips in. After a change that is
/// meant, run the tests with TRUNKLINE_UPDATE_LEDGER=1 and commit the new text with the code.
/// </summary>
public sealed class LedgerTests
{
    private const string Update = "TRUNKLINE_UPDATE_LEDGER";

    // The libraries that users compile against. Trunkline.Build is used through its MSBuild item, the tools through their command lines.
    private static readonly string[] Libraries =
        ["Trunkline.Compiler", "Trunkline.Descriptors", "Trunkline.Http2", "Trunkline.Protobuf", "Trunkline.Rpc"];

    public static TheoryData<string> AllLibraries => [.. Libraries];

    [Theory]
    [MemberData(nameof(AllLibraries))]
    public void Public_api_is_the_ledgers(string library)
    {
        string path = Path.Combine(Repository.Projects[library], "PublicApi.txt");
        string[] actual = [.. ApiText.Of(Assembly.LoadFrom(Repository.OutputOf(library) + ".dll"))];
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllLines(path, actual);
        }

        string[] ledger = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] changes = [.. ledger.Except(actual, StringComparer.Ordinal).Select(line => "- " + line), .. actual.Except(ledger, StringComparer.Ordinal).Select(line => "+ " + line)];
        Assert.True(
            ledger.SequenceEqual(actual, StringComparer.Ordinal),
            $"The public API of {library} is not that of {path}. If the change is meant, run this test with {Update}=1 and commit the file.\n{string.Join('\n', changes)}");
    }

    [Fact]
    public void Every_library_that_is_packed_has_a_ledger()
    {
        string[] tools = ["Trunkline", "Trunkline.Build", "Trunkline.Cli", "Trunkline.Plugin", "Trunkline.Templates"];
        Assert.Equal(Repository.Projects.Keys.Except(tools, StringComparer.Ordinal).Order(StringComparer.Ordinal), Libraries);
    }
}
