using Trunkline.Compiler.Generators.Python;
using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.PythonGrpc;

/// <summary>Writes what <c>grpc_1_0</c> adds for a service: the classes and functions of gRPC's first releases.</summary>
internal sealed class BetaServiceWriter(PythonService service, FileDescriptorProto inner, CodeWriter writer)
{
    // All tables are in the order of the method names.
    private readonly IReadOnlyList<PythonMethod> _sorted = [.. service.Methods.OrderBy(method => method.Name, StringComparer.Ordinal)];

    /// <summary>Writes it.</summary>
    public void Write()
    {
        WriteServicer();
        WriteStub();
        WriteServerFunction();
        WriteStubFunction();
    }

    private static string Deprecation(string end)
        => $""""
            """The Beta API is deprecated for 0.15.0 and later.

            It is recommended to use the GA API (classes and functions in this
            file not marked beta) for all further purposes. {end}"""
            """";

    private void WriteServicer()
    {
        using var body = OpenClass("Servicer");
        foreach (PythonMethod method in service.Methods)
        {
            writer.Line($"def {method.Name}(self, {method.RequestArgument}, context):");
            using var handler = writer.Indent();
            ServiceWriter.WriteDocumentation(method.Comments, writer);
            writer.Line("context.code(beta_interfaces.StatusCode.UNIMPLEMENTED)");
        }
    }

    private void WriteStub()
    {
        using var body = OpenClass("Stub");
        foreach (PythonMethod method in service.Methods)
        {
            writer.Line($"def {method.Name}(self, {method.RequestArgument}, timeout, metadata=None, with_call=False, protocol_options=None):");
            using (writer.Indent())
            {
                ServiceWriter.WriteDocumentation(method.Comments, writer);
                writer.Line("raise NotImplementedError()");
            }

            if (!method.StreamsResponses)
            {
                writer.Line($"{method.Name}.future = None");
            }
        }
    }

    private CodeWriter.Scope OpenClass(string suffix)
    {
        writer.Line();
        writer.Line();
        writer.Line($"class Beta{service.Name}{suffix}(object):");
        CodeWriter.Scope body = writer.Indent();
        writer.Lines(Deprecation("This class was generated\nonly to ease transition from grpcio<0.15.0 to grpcio>=0.15.0."));
        ServiceWriter.WriteDocumentation(service.Comments, writer);
        return body;
    }

    private void WriteServerFunction()
    {
        using var body = OpenFunction("server", "servicer, pool=None, pool_size=None, default_timeout=None, maximum_timeout=None");
        WriteTable("request_deserializers", method => $"('{service.FullName}', '{method.Name}'): {ServiceWriter.Class(method.Input, inner)}.FromString");
        WriteTable("response_serializers", method => $"('{service.FullName}', '{method.Name}'): {ServiceWriter.Class(method.Output, inner)}.SerializeToString");
        WriteTable("method_implementations", method => $"('{service.FullName}', '{method.Name}'): face_utilities.{method.Kind}_inline(servicer.{method.Name})");
        writer.Line("server_options = beta_implementations.server_options(request_deserializers=request_deserializers, response_serializers=response_serializers, "
            + "thread_pool=pool, thread_pool_size=pool_size, default_timeout=default_timeout, maximum_timeout=maximum_timeout)");
        writer.Line("return beta_implementations.server(method_implementations, options=server_options)");
    }

    private void WriteStubFunction()
    {
        using var body = OpenFunction("stub", "channel, host=None, metadata_transformer=None, pool=None, pool_size=None");
        WriteTable("request_serializers", method => $"('{service.FullName}', '{method.Name}'): {ServiceWriter.Class(method.Input, inner)}.SerializeToString");
        WriteTable("response_deserializers", method => $"('{service.FullName}', '{method.Name}'): {ServiceWriter.Class(method.Output, inner)}.FromString");
        WriteTable("cardinalities", method => $"'{method.Name}': cardinality.Cardinality.{PythonNames.Upper(method.Kind)}");
        writer.Line("stub_options = beta_implementations.stub_options(host=host, metadata_transformer=metadata_transformer, "
            + "request_serializers=request_serializers, response_deserializers=response_deserializers, thread_pool=pool, thread_pool_size=pool_size)");
        writer.Line($"return beta_implementations.dynamic_stub(channel, '{service.FullName}', cardinalities, options=stub_options)");
    }

    private CodeWriter.Scope OpenFunction(string what, string arguments)
    {
        writer.Line();
        writer.Line();
        writer.Line($"def beta_create_{service.Name}_{what}({arguments}):");
        CodeWriter.Scope body = writer.Indent();
        writer.Lines(Deprecation("This function was\ngenerated only to ease transition from grpcio<0.15.0 to grpcio>=0.15.0"));
        return body;
    }

    private void WriteTable(string name, Func<PythonMethod, string> entry)
    {
        writer.Line(name + " = {");
        using (writer.Indent())
        {
            foreach (PythonMethod method in _sorted)
            {
                writer.Line(entry(method) + ",");
            }
        }

        writer.Line("}");
    }
}
