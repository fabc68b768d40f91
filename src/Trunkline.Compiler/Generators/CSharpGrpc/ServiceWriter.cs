using Trunkline.Compiler.Generators.CSharp;
using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharpGrpc;

/// <summary>Writes the static class of a service: descriptions of its methods, the classes to implement, the client, the bindings.</summary>
internal sealed class ServiceWriter(FileContext file, GrpcOptions options, ServiceModel service, CodeWriter writer)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        if (!file.Comments.WriteSummary(writer, service.Path))
        {
            writer.Line($"/// <summary>The service {service.FullName}.</summary>");
        }

        if (service.IsDeprecated)
        {
            writer.Line("[global::System.Obsolete]");
        }

        using (writer.Block($"{file.Options.Access} static partial class {service.Name}"))
        {
            writer.Line($"private const string __ServiceName = \"{service.FullName}\";");
            writer.Line();
            WriteMethodFields();
            writer.Line("/// <summary>The descriptor of the service.</summary>");
            writer.Line("public static global::Google.Protobuf.Reflection.ServiceDescriptor Descriptor");
            using (writer.Block())
            {
                writer.Line($"get {{ return {file.Qualify(file.ReflectionName)}.Descriptor.Services[{service.Index}]; }}");
            }

            writer.Line();
            var server = new ServerWriter(file, options, service, writer);
            if (!options.NoServer)
            {
                server.WriteBases();
            }

            if (!options.NoClient)
            {
                new ClientWriter(file, options, service, writer).Write();
            }

            if (!options.NoServer)
            {
                server.WriteBindings();
            }
        }

        writer.Line();
    }

    private static string MarshallerField(string fullName) => "__Marshaller" + fullName.Replace('.', '_');

    private void WriteMethodFields()
    {
        // One marshaller for each message type, however many methods use it.
        var types = service.Methods.SelectMany(method => new[] { method.Method.InputType!, method.Method.OutputType! }).Distinct(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var name = file.Types.Message(type).TypeName;
            writer.Line($"private static readonly grpc::Marshaller<{name}> {MarshallerField(type)} = grpc::ProtobufMarshaller.For({name}.Parser);");
        }

        writer.Line();
        foreach (var method in service.Methods)
        {
            writer.Line($"private static readonly grpc::Method{method.Types} {method.Field} = new grpc::Method{method.Types}(");
            using (writer.Indent())
            {
                var marshallers = $"{MarshallerField(method.Method.InputType!)}, {MarshallerField(method.Method.OutputType!)}";
                writer.Line($"grpc::MethodType.{method.Kind}, __ServiceName, \"{method.Method.Name}\", {marshallers});");
            }

            writer.Line();
        }
    }
}
