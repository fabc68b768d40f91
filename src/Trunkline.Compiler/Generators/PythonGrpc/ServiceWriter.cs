using Trunkline.Compiler.Generators.Python;
using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.PythonGrpc;

/// <summary>Writes what a service becomes: the stub, the servicer, the function that adds one to a server, and the class of calls without a channel.</summary>
/// <param name="service">The service.</param>
/// <param name="inner">The file whose own module this is written into, where its messages need no module in front; null elsewhere.</param>
/// <param name="writer">Where to.</param>
internal sealed class ServiceWriter(PythonService service, FileDescriptorProto? inner, CodeWriter writer)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        WriteStub();
        WriteServicer();
        WriteAdding();
        WriteSimpleCalls();
    }

    /// <summary>Writes a comment as the documentation string of what encloses it; Python needs some statement there.</summary>
    public static void WriteDocumentation(IReadOnlyList<string> comments, CodeWriter writer)
    {
        if (comments.Count == 0)
        {
            writer.Line("\"\"\"Missing associated documentation comment in .proto file.\"\"\"");
            return;
        }

        for (var index = 0; index < comments.Count; index++)
        {
            writer.Line((index == 0 ? "\"\"\"" : "") + comments[index].TrimStart(' '));
        }

        writer.Line("\"\"\"");
    }

    /// <summary>A message class as an expression.</summary>
    public static string Class(PythonType type, FileDescriptorProto? inner)
        => type.File.Name == inner?.Name ? type.DottedName : $"{PythonModule.Of(type.File).Alias}.{type.DottedName}";

    private void WriteStub()
    {
        writer.Line();
        writer.Line();
        writer.Line($"class {service.Name}Stub(object):");
        using var body = writer.Indent();
        WriteDocumentation(service.Comments, writer);
        writer.Lines(
            """"

            def __init__(self, channel):
                """Constructor.

                Args:
                    channel: A grpc.Channel.
                """
            """");
        using var constructor = writer.Indent();
        foreach (PythonMethod method in service.Methods)
        {
            writer.Lines(
                $"""
                self.{method.Name} = channel.{method.Kind}(
                        '/{service.FullName}/{method.Name}',
                        request_serializer={Class(method.Input, inner)}.SerializeToString,
                        response_deserializer={Class(method.Output, inner)}.FromString,
                        )
                """);
        }
    }

    private void WriteServicer()
    {
        writer.Line();
        writer.Line();
        writer.Line($"class {service.Name}Servicer(object):");
        using var body = writer.Indent();
        WriteDocumentation(service.Comments, writer);
        foreach (PythonMethod method in service.Methods)
        {
            writer.Line();
            writer.Line($"def {method.Name}(self, {method.RequestArgument}, context):");
            using var handler = writer.Indent();
            WriteDocumentation(method.Comments, writer);
            writer.Lines(
                """
                context.set_code(grpc.StatusCode.UNIMPLEMENTED)
                context.set_details('Method not implemented!')
                raise NotImplementedError('Method not implemented!')
                """);
        }
    }

    private void WriteAdding()
    {
        writer.Line();
        writer.Line();
        writer.Line($"def add_{service.Name}Servicer_to_server(servicer, server):");
        using var body = writer.Indent();
        writer.Line("rpc_method_handlers = {");
        foreach (PythonMethod method in service.Methods)
        {
            writer.Lines(
                $"""
                        '{method.Name}': grpc.{method.Kind}_rpc_method_handler(
                                servicer.{method.Name},
                                request_deserializer={Class(method.Input, inner)}.FromString,
                                response_serializer={Class(method.Output, inner)}.SerializeToString,
                        ),
                """);
        }

        writer.Lines(
            $$"""
            }
            generic_handler = grpc.method_handlers_generic_handler(
                    '{{service.FullName}}', rpc_method_handlers)
            server.add_generic_rpc_handlers((generic_handler,))
            """);
    }

    private void WriteSimpleCalls()
    {
        writer.Line();
        writer.Line();
        writer.Line(" # This class is part of an EXPERIMENTAL API.");
        writer.Line($"class {service.Name}(object):");
        using var body = writer.Indent();
        WriteDocumentation(service.Comments, writer);
        foreach (PythonMethod method in service.Methods)
        {
            writer.Lines(
                $"""

                @staticmethod
                def {method.Name}({method.RequestArgument},
                        target,
                        options=(),
                        channel_credentials=None,
                        call_credentials=None,
                        insecure=False,
                        compression=None,
                        wait_for_ready=None,
                        timeout=None,
                        metadata=None):
                    return grpc.experimental.{method.Kind}({method.RequestArgument}, target, '/{service.FullName}/{method.Name}',
                        {Class(method.Input, inner)}.SerializeToString,
                        {Class(method.Output, inner)}.FromString,
                        options, channel_credentials,
                        insecure, call_credentials, compression, wait_for_ready, timeout, metadata)
                """);
        }
    }
}
