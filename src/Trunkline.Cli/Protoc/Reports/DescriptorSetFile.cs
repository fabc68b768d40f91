using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Cli.Protoc.Outputs;
using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Reports;

/// <summary>The descriptors of a run as one file.</summary>
internal static class DescriptorSetFile
{
    /// <summary>Adds the file when it is asked for.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Add(ProtocArguments arguments, CompilationResult compilation, OutputPlaces places)
    {
        if (arguments.DescriptorSetOut is not { } path)
        {
            return null;
        }

        places.Add(path, compilation.ToDescriptorSet(arguments.IncludeImports, arguments.IncludeSourceInfo, arguments.RetainOptions).ToByteArray());
        return OutputFolder.CheckParent(path);
    }
}
