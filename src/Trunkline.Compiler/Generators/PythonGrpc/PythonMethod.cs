using Trunkline.Compiler.Generators.Python;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.PythonGrpc;

/// <summary>A method as its Python code needs it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Input">The request.</param>
/// <param name="Output">The response.</param>
/// <param name="StreamsRequests">Whether the client sends many.</param>
/// <param name="StreamsResponses">Whether the server sends many.</param>
/// <param name="Comments">The lines of its comment.</param>
internal sealed record PythonMethod(
    string Name, PythonType Input, PythonType Output, bool StreamsRequests, bool StreamsResponses, IReadOnlyList<string> Comments)
{
    /// <summary>The kind of call, in gRPC's words: <c>unary_stream</c>.</summary>
    public string Kind => $"{Half(StreamsRequests)}_{Half(StreamsResponses)}";

    /// <summary>What the handler's first argument is called.</summary>
    public string RequestArgument => StreamsRequests ? "request_iterator" : "request";

    /// <summary>A method out of its descriptor.</summary>
    public static PythonMethod Of(MethodDescriptorProto method, PythonTypes types, IReadOnlyList<string> comments) => new(
        method.Name!, types.Find(method.InputType!), types.Find(method.OutputType!), method.ClientStreaming == true, method.ServerStreaming == true, comments);

    private static string Half(bool streams) => streams ? "stream" : "unary";
}
