using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>
/// The Python runtime whose code is generated (protobuf 4.21) reads proto2 and proto3. A module for an editions file, or one that imports such a module, would fail
/// when it is loaded, so nothing is generated.
/// </summary>
internal static class EditionsInPython
{
    /// <summary>Why nothing is generated for a request; null when all is well.</summary>
    public static string? Refuse(GeneratorRequest request)
    {
        var wanted = new HashSet<string>(request.FilesToGenerate, StringComparer.Ordinal);

        // For each file that needs an editions file: the import through which it does. Files come after their imports.
        var ways = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (FileDescriptorProto file in request.Files)
        {
            if (file.Syntax == "editions")
            {
                ways.Add(file.Name!, file.Name!);
            }
            else if (file.Dependencies.Find(ways.ContainsKey) is { } import)
            {
                ways.Add(file.Name!, import);
            }

            if (wanted.Contains(file.Name!) && ways.ContainsKey(file.Name!))
            {
                return Explain(file, ways, request);
            }
        }

        return null;
    }

    private static string Explain(FileDescriptorProto file, Dictionary<string, string> ways, GeneratorRequest request)
    {
        List<string> chain = [file.Name!];
        while (ways[chain[^1]] is var next && next != chain[^1])
        {
            chain.Add(next);
        }

        FileDescriptorProto cause = request.Files.First(candidate => candidate.Name == chain[^1]);
        var edition = EditionNames.NameOf(cause.Edition ?? Edition.Unknown);
        var finding = chain.Count == 1
            ? $"{file.Name}: this file uses edition {edition}, and the Python code is for protobuf 4.21, which reads proto2 and proto3 alone."
            : $"{file.Name}: imports {string.Join(", which imports ", chain.Skip(1))}, a file of edition {edition}; the Python code is for protobuf 4.21, which reads "
                + "proto2 and proto3 alone.";
        return $"{finding} Write {cause.Name} in proto3 or proto2 for Python, or name a plugin that knows editions, under another name than this "
            + "generator's: --plugin=protoc-gen-NAME=PATH --NAME_out=DIR.";
    }
}
