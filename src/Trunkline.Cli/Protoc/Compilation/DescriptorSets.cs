using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Cli.Protoc.Outputs;
using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc.Compilation;

/// <summary>Reads the descriptor sets that files may come out of.</summary>
internal static class DescriptorSets
{
    /// <summary>Reads all sets.</summary>
    /// <returns>The sets, or null with the reason in <paramref name="error"/>.</returns>
    public static List<FileDescriptorSet>? Read(ProtocArguments arguments, out string? error)
    {
        List<FileDescriptorSet> sets = [];
        foreach (var path in arguments.DescriptorSetsIn)
        {
            byte[] bytes = [];
            error = !File.Exists(path) && !Directory.Exists(path)
                ? $"{path}: No such file or directory"
                : OutputFolder.Try(path, () => bytes = File.ReadAllBytes(path));
            if (error is not null)
            {
                return null;
            }

            try
            {
                sets.Add(FileDescriptorSet.Read(bytes));
            }
            catch (DescriptorFormatException failure)
            {
                error = $"{path}: Unable to parse. {failure.Message}";
                return null;
            }
        }

        error = null;
        return sets;
    }
}
