using Trunkline.Compiler.Generators.CSharp;
using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharpGrpc;

/// <summary>Writes the classes to implement, asynchronous and blocking, and what binds them to a server.</summary>
internal sealed class ServerWriter(FileContext file, GrpcOptions options, ServiceModel service, CodeWriter writer)
{
    private const string Context = "grpc::ServerCallContext context";
    private const string Unimplemented = "throw new grpc::RpcException(new grpc::Status(grpc::StatusCode.Unimplemented, \"\"));";

    private readonly MethodDocs _docs = new(file.Comments, writer);

    /// <summary>Writes the two classes to implement.</summary>
    public void WriteBases()
    {
        WriteBase(
            service.AsyncBase,
            $"The base of asynchronous implementations of {service.FullName}. What is not overridden answers UNIMPLEMENTED.",
            WriteAsyncMethod);
        WriteBase(
            service.BlockingBase,
            $"The base of blocking implementations of {service.FullName}, which run on the server's workers. What is not overridden answers UNIMPLEMENTED.",
            WriteBlockingMethod);
    }

    /// <summary>Writes the methods that bind an implementation.</summary>
    public void WriteBindings()
    {
        WriteBinding(service.AsyncBase, "AddMethod", "", AsyncName);
        WriteBinding(service.BlockingBase, "AddBlockingMethod", "Blocking", method => method.Name);
    }

    private void WriteBase(string name, string summary, Action<MethodModel> writeMethod)
    {
        if (!file.Comments.WriteSummary(writer, service.Path))
        {
            writer.Line($"/// <summary>{summary}</summary>");
        }
        else
        {
            writer.Line($"/// <remarks>{summary}</remarks>");
        }

        if (service.IsDeprecated)
        {
            writer.Line("[global::System.Obsolete]");
        }

        writer.Line($"[grpc::BindServiceMethod(typeof({service.Name}), \"BindService\")]");
        writer.Line(FileContext.GeneratedCode);
        using (writer.Block($"public abstract partial class {name}"))
        {
            foreach (var method in service.Methods)
            {
                writeMethod(method);
            }
        }

        writer.Line();
    }

    private void WriteAsyncMethod(MethodModel method)
    {
        var request = method.TakesOneRequest ? $"{method.Request} request" : $"grpc::IAsyncStreamReader<{method.Request}> requestStream";
        var replies = method.GivesOneReply ? "" : $"grpc::IServerStreamWriter<{method.Response}> responseStream, ";
        var result = method.GivesOneReply ? $"global::System.Threading.Tasks.Task<{method.Response}>" : "global::System.Threading.Tasks.Task";
        (string, string)[] repliesDoc = method.GivesOneReply ? [] : [("responseStream", "Takes the replies.")];
        _docs.Write(method, method.GivesOneReply ? "The reply." : "A task that ends with the call.", [
            method.TakesOneRequest ? ("request", "The request.") : ("requestStream", "Gives the requests."),
            .. repliesDoc,
            ("context", "The call."),
        ]);
        WriteUnimplemented($"public virtual {result} {AsyncName(method)}({request}, {replies}{Context})");
    }

    private void WriteBlockingMethod(MethodModel method)
    {
        var request = method.TakesOneRequest
            ? $"{method.Request} request"
            : $"global::System.Collections.Generic.IEnumerable<{method.Request}> requests";
        var result = method.GivesOneReply ? method.Response : $"global::System.Collections.Generic.IEnumerable<{method.Response}>";
        _docs.Write(method, method.GivesOneReply ? "The reply." : "The replies; each is sent as it comes.", [
            method.TakesOneRequest ? ("request", "The request.") : ("requests", "The requests; moving on waits for the next."),
            ("context", "The call."),
        ]);
        WriteUnimplemented($"public virtual {result} {method.Name}({request}, {Context})");
    }

    private void WriteUnimplemented(string header)
    {
        using (writer.Block(header))
        {
            writer.Line(Unimplemented);
        }

        writer.Line();
    }

    private string AsyncName(MethodModel method) => options.AppendAsyncSuffix ? method.Method.Name + "Async" : method.Name;

    private void WriteBinding(string implementation, string add, string prefix, Func<MethodModel, string> nameOf)
    {
        string Handler(MethodModel method) => $"new grpc::{prefix}{method.Kind}ServerMethod{method.Types}(serviceImpl.{nameOf(method)})";

        writer.Line("/// <summary>Makes the definition that <c>Server.Services</c> takes.</summary>");
        writer.Line("/// <param name=\"serviceImpl\">The implementation.</param>");
        using (writer.Block($"public static grpc::ServerServiceDefinition BindService({implementation} serviceImpl)"))
        {
            writer.Line("return grpc::ServerServiceDefinition.CreateBuilder()");
            using (writer.Indent())
            {
                foreach (var method in service.Methods)
                {
                    writer.Line($".{add}({method.Field}, {Handler(method)})");
                }

                writer.Line(".Build();");
            }
        }

        writer.Line();
        writer.Line("/// <summary>Adds the methods to a binder, with an implementation or, when it is null, without.</summary>");
        writer.Line("/// <param name=\"serviceBinder\">What takes the methods.</param>");
        writer.Line("/// <param name=\"serviceImpl\">The implementation, or null.</param>");
        using (writer.Block($"public static void BindService(grpc::ServiceBinderBase serviceBinder, {implementation}{file.Maybe} serviceImpl)"))
        {
            foreach (var method in service.Methods)
            {
                writer.Line($"serviceBinder.{add}({method.Field}, serviceImpl == null ? null : {Handler(method)});");
            }
        }

        writer.Line();
    }
}
