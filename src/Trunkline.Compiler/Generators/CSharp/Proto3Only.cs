using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>The C# generators know proto3 alone; they say so instead of writing code that would be wrong about presence, defaults or extensions.</summary>
internal static class Proto3Only
{
    /// <summary>Why nothing is generated for a file; null when it is proto3.</summary>
    public static string? Refuse(FileDescriptorProto file)
        => string.Equals(file.Syntax, "proto3", StringComparison.Ordinal)
            ? null
            : $"{file.Name}: C# can be generated for proto3 files only, and this one is {LevelOf(file)}. Importing it from a proto3 file is fine.";

    private static string LevelOf(FileDescriptorProto file) => file.Syntax switch
    {
        null or "" => "proto2",
        "editions" => $"edition {file.Edition?.ToString().Replace("Edition", "", StringComparison.Ordinal)}",
        var other => other,
    };
}
