using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Sources;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Importing;

/// <summary>
/// Makes a syntax tree of a file that comes as a descriptor, so that linking and the rules treat it like any other. The tree has one token, at no place, so every
/// finding is about the whole file. Options come along as they are, in <see cref="CarriedOptionsSyntax"/>.
/// </summary>
internal sealed class DescriptorImporter
{
    private readonly FileDescriptorProto _descriptor;
    private readonly FileSyntax _file;
    private readonly DescriptorFaults _faults;

    private DescriptorImporter(SourceFile source, DiagnosticBag diagnostics)
    {
        _descriptor = source.Descriptor!;
        _faults = new DescriptorFaults(source.Name, diagnostics);
        _file = new FileSyntax(source, [Nowhere]);
    }

    // One before the first line and column, which makes 0 when places are counted from 1: the whole file.
    private static Token Nowhere => new(TokenKind.End, 0, 0, -1, -1, -1);

    /// <summary>Makes the tree. What no tree can say is reported, and the tree marked as broken.</summary>
    /// <param name="source">A source that is a descriptor.</param>
    /// <param name="diagnostics">Where it is reported.</param>
    public static FileSyntax Import(SourceFile source, DiagnosticBag diagnostics)
    {
        var importer = new DescriptorImporter(source, diagnostics);
        importer.AddFile();
        importer._file.HasErrors = diagnostics.HasErrors;
        return importer._file;
    }

    private void AddFile()
    {
        SetLevel();
        if (_descriptor.Package is { Length: > 0 } package)
        {
            foreach (string part in package.Split('.'))
            {
                _faults.CheckName(part);
            }

            _file.Statements.Add(new PackageSyntax { Name = new NameSyntax(package) });
        }

        AddImports();
        _file.Statements.AddRange(CarriedOptions.Of(_descriptor.Options));
        var messages = new MessageImporter(_file.Level, _faults);
        _file.Statements.AddRange(_descriptor.MessageTypes.Select(messages.Import));
        var enums = new EnumImporter(_faults);
        _file.Statements.AddRange(_descriptor.EnumTypes.Select(enums.Import));
        _file.Statements.AddRange(_descriptor.Services.Select(ImportService));
        _file.Statements.AddRange(_descriptor.Extensions.Select(messages.ImportExtension));
    }

    private void SetLevel()
    {
        switch (_descriptor.Syntax)
        {
            case null or "" or "proto2":
                _file.Level = SyntaxLevel.Proto2;
                _file.Edition = Edition.Proto2;
                break;
            case "proto3":
                _file.Level = SyntaxLevel.Proto3;
                _file.Edition = Edition.Proto3;
                break;
            case "editions":
                _file.Level = SyntaxLevel.Editions;
                _file.Edition = _descriptor.Edition ?? Edition.Unknown;
                _file.SyntaxStatement = new SyntaxStatement { IsEdition = true };
                break;
            default:
                _faults.Add($"Unrecognized syntax: {_descriptor.Syntax}");
                break;
        }
    }

    private void AddImports()
    {
        for (int i = 0; i < _descriptor.Dependencies.Count; i++)
        {
            ImportKind kind = _descriptor.PublicDependencies.Contains(i) ? ImportKind.Public : _descriptor.WeakDependencies.Contains(i) ? ImportKind.Weak : ImportKind.Plain;
            AddImport(_descriptor.Dependencies[i], kind);
        }

        foreach (string dependency in _descriptor.OptionDependencies)
        {
            AddImport(dependency, ImportKind.Option);
        }

        CheckIndexes(_descriptor.PublicDependencies, "public");
        CheckIndexes(_descriptor.WeakDependencies, "weak");
    }

    private void AddImport(string path, ImportKind kind)
        => _file.Statements.Add(new ImportSyntax { Kind = kind, Path = new StringSyntax(Encoding.UTF8.GetBytes(path)) });

    private void CheckIndexes(List<int> indexes, string kind)
    {
        if (indexes.Exists(index => index < 0 || index >= _descriptor.Dependencies.Count))
        {
            _faults.Add($"Invalid {kind} dependency index.");
        }
    }

    private ServiceSyntax ImportService(ServiceDescriptorProto service)
    {
        var syntax = new ServiceSyntax { Name = _faults.NameOf(service.Name) };
        syntax.Members.AddRange(CarriedOptions.Of(service.Options));
        syntax.Members.AddRange(service.Methods.Select(ImportMethod));
        return syntax;
    }

    private MethodSyntax ImportMethod(MethodDescriptorProto method)
    {
        var syntax = new MethodSyntax
        {
            Name = _faults.NameOf(method.Name),
            Input = ImportMethodType(method.InputType, method.ClientStreaming),
            Output = ImportMethodType(method.OutputType, method.ServerStreaming),
            HasBody = method.Options is not null,
        };
        syntax.Options.AddRange(CarriedOptions.Of(method.Options));
        return syntax;
    }

    private MethodTypeSyntax ImportMethodType(string? type, bool? isStreaming)
    {
        if (type is not { Length: > 0 })
        {
            _faults.Add("\"\" is not defined.");
        }

        return new MethodTypeSyntax { Type = new TypeSyntax { Name = type ?? "" }, StreamToken = isStreaming == true ? 0 : -1 };
    }
}
