using System.Text;
using Trunkline.Harness.Peers;

namespace Trunkline.Descriptors.Tests.Text;

/// <summary>
/// Texts/faults.golden has texts that are wrong or doubtful, each behind <c>&gt; </c> with C escapes, and under each what is reported, in
/// protoc's words. Both sides are held to it: ours always, protoc where it is at hand.
/// </summary>
public class TextFaultTests
{
    private static readonly List<(string Text, List<string> Problems)> Cases = ReadCases();

    public static TheoryData<string> Texts => [.. Cases.Select(fault => fault.Text)];

    [Fact]
    public void Golden_HasFaults() => Assert.True(Cases.Count > 200, "The reader of the golden file has lost them.");

    [ProtocTheory]
    [MemberData(nameof(Texts))]
    public void Fault_IsReportedWithItsPlace(string text)
    {
        var message = new DynamicMessage(Cargo.Load("cargo2"));
        var isRead = TextFormat.TryParse(Bytes(text), message, out var problems);
        Assert.Equal(Expected(text), problems.Select(problem => Escape(problem.ToString())));
        Assert.Equal(problems.All(problem => problem.IsWarning), isRead);
    }

    [ProtocFact]
    public async Task Fault_IsTheOneThatProtocReports()
    {
        foreach (var (text, problems) in Cases)
        {
            var (exitCode, _, errors) = await Cargo.EncodeAsync("cargo2", Bytes(text));
            var reported = errors.Split('\n').Where(line => line.StartsWith("input:", StringComparison.Ordinal)).Select(line => Escape(line["input:".Length..]));
            Assert.Equal((text, string.Join('\n', problems)), (text, string.Join('\n', reported)));
            Assert.Equal(problems.TrueForAll(problem => problem.Contains(": warning: ", StringComparison.Ordinal)), exitCode == 0);
        }
    }

    [Fact]
    public void Nesting_PastTheLimit_IsAnErrorAndNoOverflow()
    {
        var schema = Trees.Schema;
        var deep = string.Concat(Enumerable.Repeat("child { ", 100_000));
        Assert.False(TextFormat.TryParse(Encoding.ASCII.GetBytes(deep), new DynamicMessage(schema), out var problems));
        Assert.Equal("Message is too deep, the parser exceeded the configured recursion limit of 1000.", problems.Single().Message);
    }

    [Fact]
    public void SkippedNesting_PastTheLimit_IsAnErrorAndNoOverflow()
    {
        foreach (var open in new[] { "{ a ", "[" })
        {
            var deep = "gone: " + string.Concat(Enumerable.Repeat(open, 100_000));
            Assert.False(TextFormat.TryParse(Encoding.ASCII.GetBytes(deep), new DynamicMessage(Trees.Schema), out var problems));
            Assert.Contains("too deep", problems.Single().Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nesting_PastTheStackOfASmallThread_IsAnErrorAndNoOverflow()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("child { ", 990)) + string.Concat(Enumerable.Repeat("}", 990)));
        var message = new DynamicMessage(Trees.Schema);
        Assert.True(TextFormat.TryParse(text, message, out _));
        Exception? printed = null;
        IReadOnlyList<TextProblem> problems = [];
        var thread = new Thread(
            () =>
            {
                _ = TextFormat.TryParse(text, new DynamicMessage(Trees.Schema), out problems);
                printed = Record.Exception(() => message.ToString());
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Contains("too deep", problems.Single().Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(printed);
    }

    [Fact]
    public void Parse_OfAFaultyText_ThrowsItsProblems()
    {
        var exception = Assert.Throws<TextFormatException>(() => TextFormat.Parse(Trees.Schema, "size: 1\n  nope: 2"));
        Assert.Equal(new TextProblem(2, 7, "Message type \"trees.Tree\" has no field named \"nope\".", IsWarning: false), exception.Problems.Single());
        Assert.Contains("2:7: Message type", exception.Message, StringComparison.Ordinal);
    }

    private static List<string> Expected(string text) => Cases.Find(fault => fault.Text == text).Problems;

    private static byte[] Bytes(string escaped)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < escaped.Length; index++)
        {
            if (escaped[index] != '\\')
            {
                bytes.Add((byte)escaped[index]);
                continue;
            }

            switch (escaped[++index])
            {
                case 'n':
                    bytes.Add((byte)'\n');
                    break;
                case 't':
                    bytes.Add((byte)'\t');
                    break;
                case 'r':
                    bytes.Add((byte)'\r');
                    break;
                case '\\':
                    bytes.Add((byte)'\\');
                    break;
                default:
                    bytes.Add(Convert.ToByte(escaped.Substring(index, 3), 8));
                    index += 2;
                    break;
            }
        }

        return [.. bytes];
    }

    // Problems quote bytes as characters of Latin-1.
    private static string Escape(string problem) => string.Concat(problem.Select(next => next switch
    {
        '\n' => "\\n",
        '\t' => "\\t",
        '\r' => "\\r",
        '\\' => "\\\\",
        >= ' ' and < '\x7f' => next.ToString(),
        _ => "\\" + Convert.ToString(next, 8).PadLeft(3, '0'),
    }));

    private static List<(string Text, List<string> Problems)> ReadCases()
    {
        var cases = new List<(string, List<string> Problems)>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Texts", "faults.golden")))
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                cases.Add((line[2..], []));
            }
            else if (line.Length > 0)
            {
                cases[^1].Problems.Add(line);
            }
        }

        return cases;
    }
}
