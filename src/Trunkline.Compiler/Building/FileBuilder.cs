using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Building;

/// <summary>Writes a linked file down as its descriptor.</summary>
internal static class FileBuilder
{
    public static FileDescriptorProto Build(FileSymbol file)
    {
        var descriptor = new FileDescriptorProto
        {
            Name = file.Name,
            Package = file.Package.Length == 0 ? null : file.Package,
            Syntax = file.Level == SyntaxLevel.Proto3 ? "proto3" : null,
            Options = file.Options.OptionBytes is { } options ? Descriptors.FileOptions.Read(options) : null,
        };
        for (int i = 0; i < file.Imports.Count; i++)
        {
            ImportedFile import = file.Imports[i];
            descriptor.Dependencies.Add(import.Path);
            if (import.IsPublic)
            {
                descriptor.PublicDependencies.Add(i);
            }
            else if (import.Syntax.Kind == ImportKind.Weak)
            {
                descriptor.WeakDependencies.Add(i);
            }
        }

        descriptor.MessageTypes.AddRange(file.Messages.Select(MessageBuilder.Build));
        descriptor.EnumTypes.AddRange(file.Enums.Select(EnumBuilder.Build));
        descriptor.Services.AddRange(file.Services.Select(ServiceBuilder.Build));
        descriptor.Extensions.AddRange(file.Extensions.Select(FieldBuilder.Build));
        return descriptor;
    }
}
