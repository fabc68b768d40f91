using Trunkline.Compiler.Generators.Python;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.PythonGrpc;

/// <summary>A service as its Python code needs it.</summary>
/// <param name="Name">The simple name.</param>
/// <param name="FullName">The name with its package.</param>
/// <param name="Comments">The lines of its comment.</param>
/// <param name="Methods">The methods.</param>
internal sealed record PythonService(string Name, string FullName, IReadOnlyList<string> Comments, IReadOnlyList<PythonMethod> Methods)
{
    private const int FileServices = 6;
    private const int ServiceMethods = 2;

    /// <summary>The services of a file.</summary>
    public static IReadOnlyList<PythonService> AllOf(FileDescriptorProto file, PythonTypes types)
    {
        var comments = new CommentLines(file);
        var scope = string.IsNullOrEmpty(file.Package) ? "" : file.Package + ".";
        return [.. file.Services.Select((service, index) => new PythonService(
            service.Name!,
            scope + service.Name,
            comments.At([FileServices, index]),
            [.. service.Methods.Select((method, number) => PythonMethod.Of(method, types, comments.At([FileServices, index, ServiceMethods, number])))]))];
    }
}
