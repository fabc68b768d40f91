using System.Globalization;
using System.Runtime.InteropServices;
using Trunkline.CompilerTimes;
using Trunkline.Harness.Peers;

const string Usage = """
    Times `trunkline protoc` beside protoc, each as a whole process, in turn, and prints medians. Run it in the root of the repository; it publishes the tool first.

      --rounds N     default 5
      --tool FILE    a published trunkline, instead of publishing one
    """;

int rounds = 5;
string? tool = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out int number) && number > 0:
            rounds = number;
            i++;
            break;
        case "--tool" when i + 1 < args.Length:
            tool = args[++i];
            break;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

if (Protoc.MissingReason is { } missing)
{
    Console.Error.WriteLine(missing);
    return 2;
}

tool ??= PublishedTool.Publish(RuntimeInformation.RuntimeIdentifier);
using var folder = new TemporaryFolder();
Contest[] contests = [Contest.OfOneSmallFile(tool, folder), .. Contest.OfManyFiles(tool, folder)];
Console.WriteLine("| work | compiler | median | least | most | peak memory | ratio |");
Console.WriteLine("|---|---|--:|--:|--:|--:|--:|");
foreach (Contest contest in contests)
{
    contest.Run(rounds, Console.Out);
}

return 0;
