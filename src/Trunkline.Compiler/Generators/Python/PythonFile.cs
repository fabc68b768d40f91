using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>What the writers of one module share.</summary>
internal sealed record PythonFile(EmbeddedFile Embedded, PythonTypes Types, PythonOptions Options)
{
    /// <summary>The file, in the form that is embedded.</summary>
    public FileDescriptorProto Descriptor => Embedded.Descriptor;

    /// <summary>The module that is written.</summary>
    public PythonModule Module { get; } = PythonModule.Of(Embedded.Descriptor);

    /// <summary>The name that a full name of this file starts with: empty, or a dot and the package.</summary>
    public string Scope => string.IsNullOrEmpty(Descriptor.Package) ? "" : "." + Descriptor.Package;

    /// <summary>Whether service classes of the runtime's own kind are asked for.</summary>
    public bool HasGenericServices => Descriptor.Options?.PyGenericServices == true && Descriptor.Services.Count > 0;

    /// <summary>Whether this is descriptor.proto, which describes itself: its module cannot be built out of descriptors when Python holds them.</summary>
    public bool IsDescriptorFile => Descriptor.Name == "google/protobuf/descriptor.proto";
}
