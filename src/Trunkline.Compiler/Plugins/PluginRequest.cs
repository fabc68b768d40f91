using Trunkline.Descriptors;

namespace Trunkline.Compiler.Plugins;

/// <summary>Puts a request into the form that plugins read.</summary>
internal static class PluginRequest
{
    /// <summary>
    /// The protoc whose protocol this is. Plugins look at it to tell what they may be sent, and some print it into their output, which shall not change with the
    /// compiler that drives them. Its major number is that of the C++ runtime.
    /// </summary>
    private static readonly (int Major, int Minor, int Patch) Version = (7, 35, 1);

    public static CodeGeneratorRequest Build(GeneratorRequest request)
    {
        var message = new CodeGeneratorRequest
        {
            Parameter = request.Parameter.Length == 0 ? null : request.Parameter,
            CompilerVersion = new CompilerVersion { Major = Version.Major, Minor = Version.Minor, Patch = Version.Patch, Suffix = "" },
        };
        message.FilesToGenerate.AddRange(request.FilesToGenerate);
        message.ProtoFiles.AddRange(request.Files);
        var wanted = new Dictionary<string, FileDescriptorProto>(StringComparer.Ordinal);
        foreach (FileDescriptorProto file in request.FilesWithAllOptions.Count > 0 ? request.FilesWithAllOptions : request.Files)
        {
            wanted[file.Name!] = file;
        }

        message.SourceFileDescriptors.AddRange(request.FilesToGenerate.Select(name => wanted[name]));
        return message;
    }
}
