using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Trunkline.Architecture.Tests.Assemblies;

/// <summary>Turns signatures and handles into the outermost types they name.</summary>
internal sealed class TypeNames(MetadataReader metadata) : ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>
{
    public IEnumerable<EntityHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

    public IEnumerable<EntityHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [handle];

    public IEnumerable<EntityHandle> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public IEnumerable<EntityHandle> GetGenericInstantiation(IEnumerable<EntityHandle> genericType, ImmutableArray<IEnumerable<EntityHandle>> typeArguments)
        => genericType.Concat(typeArguments.SelectMany(argument => argument));

    public IEnumerable<EntityHandle> GetFunctionPointerType(MethodSignature<IEnumerable<EntityHandle>> signature) => All(signature);

    public IEnumerable<EntityHandle> GetModifiedType(IEnumerable<EntityHandle> modifier, IEnumerable<EntityHandle> unmodifiedType, bool isRequired) => unmodifiedType;

    public IEnumerable<EntityHandle> GetArrayType(IEnumerable<EntityHandle> elementType, ArrayShape shape) => elementType;

    public IEnumerable<EntityHandle> GetByReferenceType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetPinnedType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetPointerType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetSZArrayType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IEnumerable<EntityHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

    public IEnumerable<EntityHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public static IEnumerable<EntityHandle> All(MethodSignature<IEnumerable<EntityHandle>> signature)
        => signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(parameter => parameter));

    /// <summary>The definitions and references that a type handle of any sort stands for.</summary>
    public IEnumerable<EntityHandle> Expand(EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition or HandleKind.TypeReference => [type],
        HandleKind.TypeSpecification => GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)type, 0),
        _ => [],
    };

    public string FullName(EntityHandle type)
    {
        if (type.Kind == HandleKind.TypeDefinition)
        {
            var definition = metadata.GetTypeDefinition(Outermost((TypeDefinitionHandle)type));
            return Join(definition.Namespace, definition.Name);
        }

        var reference = metadata.GetTypeReference((TypeReferenceHandle)type);
        return reference.ResolutionScope.Kind == HandleKind.TypeReference
            ? FullName(reference.ResolutionScope)
            : Join(reference.Namespace, reference.Name);
    }

    public TypeDefinitionHandle Outermost(TypeDefinitionHandle type)
    {
        while (metadata.GetTypeDefinition(type).GetDeclaringType() is { IsNil: false } outer)
        {
            type = outer;
        }

        return type;
    }

    private string Join(StringHandle space, StringHandle name)
        => space.IsNil ? metadata.GetString(name) : metadata.GetString(space) + "." + metadata.GetString(name);
}
