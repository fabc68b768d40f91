using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Trunkline.Architecture.Tests.Assemblies;

/// <summary>Reads types, their source files (out of the portable PDB) and every use of a type in signatures, fields, base lists and bodies.</summary>
internal sealed class AssemblyReader : IDisposable
{
    /// <summary>Portable PDB: the documents of a type that has no method bodies.</summary>
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly MetadataReader _symbols;
    private readonly TypeNames _names;
    private readonly string _projectFolder;
    private readonly Dictionary<TypeDefinitionHandle, TypeHome> _homes = [];
    private readonly HashSet<TypeUse> _uses = [];

    private AssemblyReader(string assemblyFile, string projectFolder)
    {
        _projectFolder = projectFolder.Replace('\\', '/').TrimEnd('/') + "/";
        _image = new PEReader(File.OpenRead(assemblyFile), PEStreamOptions.PrefetchEntireImage);
        _metadata = _image.GetMetadataReader();
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(
            File.OpenRead(Path.ChangeExtension(assemblyFile, ".pdb")), MetadataStreamOptions.PrefetchMetadata);
        _symbols = symbols.GetMetadataReader();
        _names = new TypeNames(_metadata);
        FindHomes();
        foreach (var type in _metadata.TypeDefinitions)
        {
            ReadType(type);
        }
    }

    public static CompiledAssembly Read(string assemblyFile, string projectFolder)
    {
        using var reader = new AssemblyReader(assemblyFile, projectFolder);
        return new CompiledAssembly([.. reader._homes.Values], [.. reader._uses]);
    }

    public void Dispose() => _image.Dispose();

    private void FindHomes()
    {
        var files = new Dictionary<TypeDefinitionHandle, SortedSet<string>>();
        foreach (var type in _metadata.TypeDefinitions)
        {
            var outermost = _names.Outermost(type);
            if (!files.TryGetValue(outermost, out var known))
            {
                files[outermost] = known = new SortedSet<string>(StringComparer.Ordinal);
            }

            known.UnionWith(DocumentsOf(type).Select(RelativeToProject).OfType<string>());
        }

        foreach (var (type, sources) in files)
        {
            if (sources.Count > 0)
            {
                var definition = _metadata.GetTypeDefinition(type);
                var isPublic = (definition.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public;
                _homes[type] = new TypeHome(_metadata.GetString(definition.Namespace), _metadata.GetString(definition.Name), isPublic, [.. sources]);
            }
        }
    }

    private IEnumerable<DocumentHandle> DocumentsOf(TypeDefinitionHandle type)
    {
        foreach (var method in _metadata.GetTypeDefinition(type).GetMethods())
        {
            var debug = _symbols.GetMethodDebugInformation(method.ToDebugInformationHandle());
            if (!debug.Document.IsNil)
            {
                yield return debug.Document;
            }
        }

        foreach (var handle in _symbols.GetCustomDebugInformation(type))
        {
            var information = _symbols.GetCustomDebugInformation(handle);
            if (_symbols.GetGuid(information.Kind) != TypeDefinitionDocuments)
            {
                continue;
            }

            var blob = _symbols.GetBlobReader(information.Value);
            while (blob.RemainingBytes > 0)
            {
                yield return System.Reflection.Metadata.Ecma335.MetadataTokens.DocumentHandle(blob.ReadCompressedInteger());
            }
        }
    }

    /// <summary>Null for what is not the project's own source: generated under obj, or compiled in from elsewhere.</summary>
    private string? RelativeToProject(DocumentHandle document)
    {
        var path = _symbols.GetString(_symbols.GetDocument(document).Name).Replace('\\', '/');
        if (!path.StartsWith(_projectFolder, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var relative = path[_projectFolder.Length..];
        return relative.StartsWith("obj/", StringComparison.Ordinal) ? null : relative;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        if (!_homes.TryGetValue(_names.Outermost(handle), out var user))
        {
            return;
        }

        var type = _metadata.GetTypeDefinition(handle);
        Record(user, type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
        {
            Record(user, _metadata.GetInterfaceImplementation(implementation).Interface);
        }

        foreach (var field in type.GetFields())
        {
            RecordAll(user, _metadata.GetFieldDefinition(field).DecodeSignature(_names, null));
        }

        foreach (var parameter in type.GetGenericParameters())
        {
            ReadConstraints(user, parameter);
        }

        foreach (var method in type.GetMethods())
        {
            ReadMethod(user, _metadata.GetMethodDefinition(method));
        }
    }

    private void ReadConstraints(TypeHome user, GenericParameterHandle parameter)
    {
        foreach (var constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
        {
            Record(user, _metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void ReadMethod(TypeHome user, MethodDefinition method)
    {
        RecordAll(user, TypeNames.All(method.DecodeSignature(_names, null)));
        foreach (var parameter in method.GetGenericParameters())
        {
            ReadConstraints(user, parameter);
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            RecordAll(user, _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(local => local));
        }

        foreach (var region in body.ExceptionRegions)
        {
            Record(user, region.CatchType);
        }

        OperandSizes.ForEachToken(body.GetILBytes(), token => RecordMember(user, System.Reflection.Metadata.Ecma335.MetadataTokens.EntityHandle(token)));
    }

    private void RecordMember(TypeHome user, EntityHandle member)
    {
        switch (member.Kind)
        {
            case HandleKind.MethodDefinition:
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)member);
                Record(user, method.GetDeclaringType(), _metadata.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)member);
                Record(user, field.GetDeclaringType(), _metadata.GetString(field.Name));
                break;
            case HandleKind.MemberReference:
                var reference = _metadata.GetMemberReference((MemberReferenceHandle)member);
                Record(user, reference.Parent, _metadata.GetString(reference.Name));
                break;
            case HandleKind.MethodSpecification:
                var specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)member);
                RecordAll(user, specification.DecodeSignature(_names, null).SelectMany(argument => argument));
                RecordMember(user, specification.Method);
                break;
            default:
                Record(user, member);
                break;
        }
    }

    private void RecordAll(TypeHome user, IEnumerable<EntityHandle> types)
    {
        foreach (var type in types)
        {
            Record(user, type);
        }
    }

    private void Record(TypeHome user, EntityHandle type, string member = "")
    {
        if (type.IsNil)
        {
            return;
        }

        foreach (var used in _names.Expand(type))
        {
            _uses.Add(new TypeUse(user, _names.FullName(used), member, used.Kind == HandleKind.TypeDefinition));
        }
    }
}
