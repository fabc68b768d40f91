using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python.Stubs;

/// <summary>Writes the imports of a stub file.</summary>
internal sealed class StubImports(PythonFile file, StubTypes types, CodeWriter writer)
{
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);

    /// <summary>Writes them, up to the empty line behind them.</summary>
    public void Write()
    {
        foreach (FileDescriptorProto import in file.Descriptor.Dependencies.Select(file.Types.File))
        {
            WriteModule(import);
            foreach (FileDescriptorProto carried in file.Types.PublicImportsOf(import))
            {
                WriteModule(carried);
            }
        }

        var needs = new StubNeeds(file, types);
        WriteRuntime(needs);
        WriteTyping(needs);
        writer.Line();
        WritePublicNames();
    }

    private void WriteModule(FileDescriptorProto import)
    {
        var module = PythonModule.Of(import);
        var alias = "_" + module.SimpleName;
        while (!_aliases.Add(alias))
        {
            alias += "_1";
        }

        writer.Line($"{module.ImportStatement(file.Module, file.Options.RelativeImports)} as {alias}");
        types.SetAlias(import, alias);
    }

    private void WriteRuntime(StubNeeds needs)
    {
        (bool IsNeeded, string Package, string Module)[] modules =
        [
            (needs.HasContainers, "google.protobuf.internal", "containers"),
            (needs.HasEnums, "google.protobuf.internal", "enum_type_wrapper"),
            (needs.HasExtensionRanges, "google.protobuf.internal", "python_message"),
            (needs.HasWellKnownTypes, "google.protobuf.internal", "well_known_types"),
            (true, "google.protobuf", "descriptor"),
            (needs.HasMessages, "google.protobuf", "message"),
            (needs.HasServices, "google.protobuf", "service"),
        ];
        foreach (var (_, package, module) in modules.Where(module => module.IsNeeded))
        {
            writer.Line($"from {package} import {module} as _{module}");
        }
    }

    private void WriteTyping(StubNeeds needs)
    {
        (bool IsNeeded, string Name)[] names =
        [
            (true, "ClassVar"),
            (needs.HasIterable, "Iterable"),
            (needs.HasMapping, "Mapping"),
            (needs.HasOptional, "Optional"),
            (needs.HasUnion, "Union"),
        ];
        writer.Line("from typing import " + string.Join(", ", names.Where(name => name.IsNeeded).Select(name => $"{name.Name} as _{name.Name}")));
    }

    private void WritePublicNames()
    {
        foreach (FileDescriptorProto import in file.Types.PublicImportsOf(file.Descriptor))
        {
            var module = PythonModule.Of(import).SeenFrom(file.Module, file.Options.RelativeImports);
            foreach (var name in import.MessageTypes.Select(message => message.Name).Concat(import.EnumTypes.Select(item => item.Name)))
            {
                writer.Line($"from {module} import {name}");
            }
        }
    }
}
