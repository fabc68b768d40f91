using Trunkline.Agreement.Trees;

namespace Trunkline.Agreement.Compilers;

/// <summary>protoc, one process for each form.</summary>
internal static class Protoc
{
    public static Outcome Compile(SourceTree tree, IReadOnlyList<string> files, IReadOnlyList<DescriptorForm> forms)
    {
        // Thousands of files do not fit on a command line.
        string folder = Directory.CreateTempSubdirectory("agreement").FullName;
        try
        {
            string list = Path.Combine(folder, "files");
            File.WriteAllLines(list, files);
            List<byte[]> sets = [];
            foreach (DescriptorForm form in forms)
            {
                string output = Path.Combine(folder, "set");
                (int exitCode, string errors) = Harness.Peers.Protoc.TryRun(
                    [.. tree.Roots.Select(root => "-I" + root), .. form.Flags, $"--descriptor_set_out={output}", "@" + list]);
                if (exitCode != 0)
                {
                    return new Outcome(null, errors.Trim());
                }

                sets.Add(File.ReadAllBytes(output));
            }

            return new Outcome(sets, "");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
