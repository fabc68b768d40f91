using System.Text.RegularExpressions;

namespace Trunkline.Architecture.Tests;

/// <summary>docs/http2-coverage.md names code and tests for each rule: all of them exist, and no cell is left empty.</summary>
public sealed partial class CoverageTableTests
{
    private static readonly string TestFolder = Path.Combine(Repository.Root, "tests");

    private static readonly Dictionary<string, string[]> TestMethods = FindTestMethods();

    public static TheoryData<string> Rows => [.. ReadRows()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_names_code_and_tests_that_exist(string row)
    {
        string[] cells = [.. row.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim())];
        Assert.True(cells.Length == 3, "A row has three cells, each with something in it: the rule, its code, its tests.");
        Assert.All(cells, cell => Assert.False(cell.Length == 0, "An empty cell says nothing: name the code or the test, or say why there is none."));
        Assert.All(Quoted().Matches(cells[1]).Select(match => match.Groups["name"].Value).Where(code => code.Contains('/', StringComparison.Ordinal)), CheckCode);
        CheckTests(cells[2]);
    }

    [Fact]
    public void Table_has_rows() => Assert.True(ReadRows().Count() > 30, "The reader of the table has lost it.");

    private static void CheckCode(string code)
    {
        string[] parts = code.Split('.', 2);
        string[] roots = [Path.Combine(Repository.Root, "src", "Trunkline.Http2"), Path.Combine(Repository.Root, "src"), Repository.Root];
        if (roots.Any(root => Directory.Exists(Path.Combine(root, code))))
        {
            return;
        }

        string? file = roots.Select(root => Path.Combine(root, parts[0] + ".cs")).FirstOrDefault(File.Exists);
        Assert.True(file is not null, $"There is no {code}.");
        Assert.True(parts.Length == 1 || File.ReadAllText(file).Contains(parts[1], StringComparison.Ordinal), $"The member is missing: {code}.");
    }

    // `Class`, `Class.Pattern`, or `Pattern` of the class named last.
    private static void CheckTests(string cell)
    {
        string[]? methods = null;
        foreach (string name in Quoted().Matches(cell).Select(match => match.Groups["name"].Value))
        {
            string[] parts = name.Split('.', 2);
            if (TestMethods.TryGetValue(parts[0], out string[]? found))
            {
                methods = found;
            }

            string pattern = parts.Length == 2 ? parts[1] : parts[0];
            if (parts.Length == 2 || !TestMethods.ContainsKey(parts[0]))
            {
                Assert.True(methods is not null && (parts.Length == 1 || TestMethods.ContainsKey(parts[0])), $"There is no test class for {name}.");
                Assert.True(methods.Any(method => IsLike(method, pattern)), $"No test is like {name}.");
            }
        }
    }

    private static bool IsLike(string method, string pattern)
    {
        int at = 0;
        string[] pieces = pattern.Split('*');
        for (int i = 0; i < pieces.Length; i++)
        {
            int found = method.IndexOf(pieces[i], at, StringComparison.Ordinal);
            if (found < 0 || (i == 0 && found > 0))
            {
                return false;
            }

            at = found + pieces[i].Length;
        }

        return pieces[^1].Length == 0 || method.EndsWith(pieces[^1], StringComparison.Ordinal);
    }

    private static IEnumerable<string> ReadRows() => File
        .ReadLines(Path.Combine(Repository.Root, "docs", "http2-coverage.md"))
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && !line.EndsWith("| code | tests |", StringComparison.Ordinal));

    private static Dictionary<string, string[]> FindTestMethods() => Directory
        .EnumerateFiles(TestFolder, "*Tests.cs", SearchOption.AllDirectories)
        .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
        .ToDictionary(
            files => files.Key,
            files => files.SelectMany(file => Methods().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).ToArray(),
            StringComparer.Ordinal);

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"public (async Task|Task|void|Property) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Methods();
}
