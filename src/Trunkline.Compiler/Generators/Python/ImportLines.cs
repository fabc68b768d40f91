using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>Writes the imports of a <c>_pb2.py</c> module.</summary>
internal static class ImportLines
{
    /// <summary>Writes them: all files that the file imports, what comes with those, and again those imported publicly, for their names.</summary>
    public static void Write(PythonFile file, StringBuilder text)
    {
        foreach (FileDescriptorProto import in file.Descriptor.Dependencies.Select(file.Types.File))
        {
            WriteImport(file, PythonModule.Of(import), text);
            WritePublicImports(file, PythonModule.Of(import).Alias, import, text);
        }

        text.Append('\n');
        foreach (PythonModule module in file.Types.PublicImportsOf(file.Descriptor).Select(PythonModule.Of))
        {
            text.Append($"from {module.SeenFrom(file.Module, file.Options.RelativeImports)} import *\n");
        }

        text.Append('\n');
    }

    private static void WriteImport(PythonFile file, PythonModule module, StringBuilder text)
    {
        var isRelative = file.Options.RelativeImports;
        if (!module.HasKeyword)
        {
            text.Append($"{module.ImportStatement(file.Module, isRelative)} as {module.Alias}\n");
            return;
        }

        // No statement can name such a module; a function can.
        var name = module.SeenFrom(file.Module, isRelative);
        var package = name[0] == '.' ? ", __package__" : "";
        text.Append($"import importlib\n{module.Alias} = importlib.import_module('{name}'{package})\n");
    }

    /// <summary>Whoever imports a module has what it imports publicly, under the alias that a direct import would give; modules of old generators have it otherwise.</summary>
    private static void WritePublicImports(PythonFile file, string alias, FileDescriptorProto import, StringBuilder text)
    {
        foreach (FileDescriptorProto carried in file.Types.PublicImportsOf(import))
        {
            var module = PythonModule.Of(carried);
            text.Append($"try:\n  {module.Alias} = {alias}.{module.Alias}\nexcept AttributeError:\n  {module.Alias} = {alias}.{module.Name}\n");
            WritePublicImports(file, alias, carried, text);
        }
    }
}
