using System.Diagnostics.CodeAnalysis;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Plugins;

/// <summary>Puts a request into the form that plugins read, and takes it out of that form.</summary>
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

    /// <summary>Reads a request. Compilers older than protoc 25 send no files with all options.</summary>
    /// <returns>Whether these bytes are a request that a generator can work on; otherwise <paramref name="problem"/> says what is wrong with them.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out GeneratorRequest? request, [NotNullWhen(false)] out string? problem)
    {
        (request, problem) = (null, null);
        CodeGeneratorRequest message;
        try
        {
            message = CodeGeneratorRequest.Read(bytes);
        }
        catch (DescriptorFormatException failure)
        {
            problem = $"the standard input is no CodeGeneratorRequest: {failure.Message}";
            return false;
        }

        problem = FindFault(message);
        if (problem is not null)
        {
            return false;
        }

        request = new GeneratorRequest
        {
            Files = message.ProtoFiles,
            FilesWithAllOptions = message.SourceFileDescriptors,
            FilesToGenerate = message.FilesToGenerate,
            Parameter = message.Parameter ?? "",
        };
        return true;
    }

    // What generators rely on: they look up what a file imports, and what a file to generate is.
    private static string? FindFault(CodeGeneratorRequest message)
    {
        if (message.FilesToGenerate.Count == 0)
        {
            return "the request names no file to generate; a compiler sends one on the standard input.";
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FileDescriptorProto file in message.ProtoFiles)
        {
            if (file.Name is not { Length: > 0 } name)
            {
                return "the request has a file without a name.";
            }

            // An import that is only for options, or weak, may be absent.
            for (int i = 0; i < file.Dependencies.Count; i++)
            {
                if (!names.Contains(file.Dependencies[i]) && !file.WeakDependencies.Contains(i))
                {
                    return $"the request has {name} but not, in front of it, what that imports: {file.Dependencies[i]}.";
                }
            }

            names.Add(name);
        }

        return message.FilesToGenerate.Find(name => !names.Contains(name)) is { } absent ? $"the request asks for {absent} but does not have that file." : null;
    }
}
