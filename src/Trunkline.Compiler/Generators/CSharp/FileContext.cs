using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>What the writers of one output file share.</summary>
internal sealed record FileContext(FileDescriptorProto File, TypeTable Types, CSharpOptions Options, DocComments Comments)
{
    /// <summary>The generator as it names itself in attributes.</summary>
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"trunkline\", null)]";

    /// <summary>What stands behind a type that may be null: a question mark, or nothing where such types are not marked.</summary>
    public string Maybe => Options.Nullable ? "?" : "";

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace { get; } = CSharpNames.Namespace(File);

    /// <summary>The simple name of the class that holds the file descriptor.</summary>
    public string ReflectionName => CSharpNames.ReflectionName(File);

    /// <summary>The simple name of the class that holds top-level extensions.</summary>
    public string ExtensionsName => CSharpNames.ExtensionsName(File);

    /// <summary>The class that holds the descriptor of <paramref name="file"/>, from <c>global::</c> on.</summary>
    public static string ReflectionTypeName(FileDescriptorProto file)
    {
        var space = CSharpNames.Namespace(file);
        var name = CSharpNames.ReflectionName(file);
        return space.Length == 0 ? $"global::{name}" : $"global::{space}.{name}";
    }

    /// <summary>A type of this file, from <c>global::</c> on.</summary>
    public string Qualify(string name) => Namespace.Length == 0 ? $"global::{name}" : $"global::{Namespace}.{name}";
}
