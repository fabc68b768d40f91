using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Building;

/// <summary>Writes a linked file down as its descriptor.</summary>
internal static class FileBuilder
{
    /// <summary>Builds the descriptor, without source info.</summary>
    /// <param name="file">A file without errors.</param>
    /// <param name="retainOptions">Whether options that are for the compiler alone are in it.</param>
    public static FileDescriptorProto Build(FileSymbol file, bool retainOptions)
    {
        var options = new OptionSource(retainOptions);
        var descriptor = new FileDescriptorProto
        {
            Name = file.Name,
            Package = file.Package.Length == 0 ? null : file.Package,
            Syntax = file.Level switch
            {
                SyntaxLevel.Proto2 => null,
                SyntaxLevel.Proto3 => "proto3",
                _ => "editions",
            },
            Edition = file.Level == SyntaxLevel.Editions ? file.Edition : null,
            Options = options.Of(file.Options) is { } bytes ? Descriptors.FileOptions.Read(bytes) : null,
        };
        AddImports(file, descriptor);
        var messages = new MessageBuilder(options);
        descriptor.MessageTypes.AddRange(file.Messages.Select(messages.Build));
        descriptor.EnumTypes.AddRange(file.Enums.Select(new EnumBuilder(options).Build));
        descriptor.Services.AddRange(file.Services.Select(new ServiceBuilder(options).Build));
        descriptor.Extensions.AddRange(file.Extensions.Select(new FieldBuilder(options).Build));
        return descriptor;
    }

    private static void AddImports(FileSymbol file, FileDescriptorProto descriptor)
    {
        foreach (ImportedFile import in file.Imports)
        {
            switch (import.Syntax.Kind)
            {
                case ImportKind.Option:
                    descriptor.OptionDependencies.Add(import.Path);
                    continue;
                case ImportKind.Public:
                    descriptor.PublicDependencies.Add(descriptor.Dependencies.Count);
                    break;
                case ImportKind.Weak:
                    descriptor.WeakDependencies.Add(descriptor.Dependencies.Count);
                    break;
            }

            descriptor.Dependencies.Add(import.Path);
        }
    }
}

/// <summary>Which of the two forms of an element's options go into descriptors.</summary>
/// <param name="retain">Whether options that are for the compiler alone are in.</param>
internal readonly struct OptionSource(bool retain)
{
    public byte[]? Of(Symbol element) => retain ? element.RetainedOptionBytes : element.OptionBytes;
}
