using System.Globalization;
using System.Text;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc.Reports;

/// <summary>Lists, message by message, the field numbers that neither a field nor a range takes.</summary>
internal static class FreeFieldNumbers
{
    private const int LastFieldNumber = (1 << 29) - 1;

    /// <summary>Writes a line for each message of the files asked for, nested ones first.</summary>
    public static void Print(CompilationResult compilation, TextWriter output)
    {
        foreach (var name in compilation.RequestedFiles)
        {
            var file = compilation.Files.First(candidate => candidate.Name == name);
            foreach (var message in file.MessageTypes)
            {
                Print(message, file.Package is { Length: > 0 } package ? package + "." : "", output);
            }
        }
    }

    private static void Print(DescriptorProto message, string scope, TextWriter output)
    {
        var fullName = scope + message.Name;
        foreach (var nested in message.NestedTypes)
        {
            Print(nested, fullName + ".", output);
        }

        var line = new StringBuilder(fullName.PadRight(35)).Append(" free:");
        var next = 1;
        foreach (var (start, end) in Taken(message))
        {
            AppendGap(line, next, start - 1);
            next = Math.Max(next, end);
        }

        if (next <= LastFieldNumber)
        {
            line.Append(CultureInfo.InvariantCulture, $" {next}-INF");
        }

        output.WriteLine(line.ToString());
    }

    // Ranges by their start; the end is one past the last number.
    private static IEnumerable<(int Start, int End)> Taken(DescriptorProto message)
        => message.Fields.Select(field => (Start: field.Number!.Value, End: field.Number.Value + 1))
            .Concat(message.ExtensionRanges.Select(range => (range.Start!.Value, range.End!.Value)))
            .Concat(message.ReservedRanges.Select(range => (range.Start!.Value, range.End!.Value)))
            .Order();

    private static void AppendGap(StringBuilder line, int first, int last)
    {
        if (first == last)
        {
            line.Append(CultureInfo.InvariantCulture, $" {first}");
        }
        else if (first < last)
        {
            line.Append(CultureInfo.InvariantCulture, $" {first}-{last}");
        }
    }
}
