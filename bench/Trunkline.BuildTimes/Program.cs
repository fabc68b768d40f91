using System.Globalization;
using System.Runtime.InteropServices;
using Trunkline.BuildTimes;

const string Usage = """
    Builds a project of many .proto files (messages only) with our task, with Grpc.Tools and without either, in turn, each build a process, and prints medians.
    Run it in the root of the repository; it publishes the task first.

      --files N      how many .proto files; default 500
      --rounds N     default 3
      --task FILE    a published Trunkline.Build.dll, instead of publishing one
      --with-csc     whole clean builds too, in which nearly all of the time is the C# compiler's
    """;

int files = 500;
int rounds = 3;
bool withCsc = false;
string? task = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--files" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out int number) && number >= 10:
            files = number;
            i++;
            break;
        case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out int number) && number > 0:
            rounds = number;
            i++;
            break;
        case "--task" when i + 1 < args.Length:
            task = Path.GetFullPath(args[++i]);
            break;
        case "--with-csc":
            withCsc = true;
            break;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

task ??= PublishedTask.Publish(RuntimeInformation.RuntimeIdentifier);
DirectoryInfo folder = Directory.CreateTempSubdirectory("build-times");
try
{
    new Contest(folder.FullName, task, files, rounds, withCsc).Run(Console.Out);
    return 0;
}
finally
{
    folder.Delete(recursive: true);
}
