using Trunkline.Compiler.Generators.CSharp;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharpGrpc;

/// <summary>The four kinds of call, by the names of the runtime's <c>MethodType</c>.</summary>
internal enum CallKind
{
    /// <summary>One request, one reply.</summary>
    Unary,

    /// <summary>A stream of requests, one reply.</summary>
    ClientStreaming,

    /// <summary>One request, a stream of replies.</summary>
    ServerStreaming,

    /// <summary>Two streams.</summary>
    DuplexStreaming,
}

/// <summary>A method with its types in C#.</summary>
internal sealed record MethodModel(MethodDescriptorProto Method, int[] Path, string Request, string Response)
{
    /// <summary>The name as an identifier.</summary>
    public string Name { get; } = CSharpNames.Identifier(Method.Name!);

    /// <summary>The static field that holds the runtime's description of the method.</summary>
    public string Field => "__Method_" + Method.Name;

    /// <summary>Request and reply as type arguments.</summary>
    public string Types => $"<{Request}, {Response}>";

    /// <summary>Whether the user warned off the method.</summary>
    public bool IsDeprecated => Method.Options?.Deprecated == true;

    /// <summary>The kind of call.</summary>
    public CallKind Kind => (Method.ClientStreaming == true, Method.ServerStreaming == true) switch
    {
        (false, false) => CallKind.Unary,
        (true, false) => CallKind.ClientStreaming,
        (false, true) => CallKind.ServerStreaming,
        (true, true) => CallKind.DuplexStreaming,
    };

    /// <summary>Whether the client sends one request.</summary>
    public bool TakesOneRequest => Kind is CallKind.Unary or CallKind.ServerStreaming;

    /// <summary>Whether the server sends one reply.</summary>
    public bool GivesOneReply => Kind is CallKind.Unary or CallKind.ClientStreaming;
}

/// <summary>A service with its methods.</summary>
internal sealed class ServiceModel
{
    // Field numbers in descriptor.proto that lead from a file to a service, and from there to a method.
    private const int ServicePath = 6;
    private const int MethodPath = 2;

    /// <summary>Works out the types.</summary>
    public ServiceModel(FileContext file, int index)
    {
        Index = index;
        Service = file.File.Services[index];
        Path = [ServicePath, index];
        FullName = string.IsNullOrEmpty(file.File.Package) ? Service.Name! : $"{file.File.Package}.{Service.Name}";
        Methods = [.. Service.Methods.Select((method, number) => new MethodModel(
            method,
            DocComments.Child(Path, MethodPath, number),
            file.Types.Message(method.InputType!).TypeName,
            file.Types.Message(method.OutputType!).TypeName))];
    }

    /// <summary>The descriptor.</summary>
    public ServiceDescriptorProto Service { get; }

    /// <summary>The index in the file.</summary>
    public int Index { get; }

    /// <summary>The way to the service in its file.</summary>
    public int[] Path { get; }

    /// <summary>The name on the wire.</summary>
    public string FullName { get; }

    /// <summary>The methods, in source order.</summary>
    public IReadOnlyList<MethodModel> Methods { get; }

    /// <summary>The static class around everything.</summary>
    public string Name => CSharpNames.Identifier(Service.Name!);

    /// <summary>The class to implement with asynchronous methods.</summary>
    public string AsyncBase => Service.Name + "Base";

    /// <summary>The class to implement with blocking methods.</summary>
    public string BlockingBase => Service.Name + "BlockingBase";

    /// <summary>The client.</summary>
    public string Client => Service.Name + "Client";

    /// <summary>Whether the user warned off the service.</summary>
    public bool IsDeprecated => Service.Options?.Deprecated == true;
}
