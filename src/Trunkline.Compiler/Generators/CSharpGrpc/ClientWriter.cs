using Trunkline.Compiler.Generators.CSharp;
using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharpGrpc;

/// <summary>Writes the client class: each method in all the forms its kind allows.</summary>
internal sealed class ClientWriter(FileContext file, GrpcOptions options, ServiceModel service, CodeWriter writer)
{
    private readonly string _callArguments =
        $"grpc::Metadata{file.Maybe} headers = null, global::System.DateTime? deadline = null, " +
        "global::System.Threading.CancellationToken cancellationToken = default(global::System.Threading.CancellationToken)";

    private readonly MethodDocs _docs = new(file.Comments, writer);

    // Names with the type of their first parameter, which tells the forms of one name apart. What the file names goes first.
    private readonly HashSet<(string Name, string? Parameter)> _taken =
        [.. service.Methods.SelectMany(method => FormsOf(method).Where(form => form.Suffix.Length == 0).Select(form => (method.Name, form.ParameterType)))];

    /// <summary>Writes it.</summary>
    public void Write()
    {
        writer.Line($"/// <summary>The client of {service.FullName}. It may be used by any number of threads at once.</summary>");
        if (service.IsDeprecated)
        {
            writer.Line("[global::System.Obsolete]");
        }

        writer.Line(FileContext.GeneratedCode);
        var parent = options.LiteClient ? "grpc::LiteClientBase" : $"grpc::ClientBase<{service.Client}>";
        using (writer.Block($"public partial class {service.Client} : {parent}"))
        {
            WriteInvokerConstructors();
            if (!options.LiteClient)
            {
                WriteConfiguration();
            }

            foreach (var method in service.Methods)
            {
                foreach (var form in FormsOf(method))
                {
                    WriteForm(method, form);
                }
            }
        }

        writer.Line();
    }

    private void WriteInvokerConstructors() => writer.Lines($$"""
        /// <summary>Makes a client that calls through an invoker, such as an intercepted one.</summary>
        /// <param name="callInvoker">What starts the calls.</param>
        public {{service.Client}}(grpc::CallInvoker callInvoker) : base(callInvoker)
        {
        }

        /// <summary>Makes a client without a channel, for test doubles that override its methods.</summary>
        protected {{service.Client}}() : base()
        {
        }

        """);

    /// <summary>What a client has that can be made for a channel, and made anew for another host.</summary>
    private void WriteConfiguration() => writer.Lines($$"""
        /// <summary>Makes a client that calls over a channel.</summary>
        /// <param name="channel">The channel; the client does not own it.</param>
        public {{service.Client}}(grpc::ChannelBase channel) : base(channel)
        {
        }

        /// <summary>Makes a client with a configuration.</summary>
        /// <param name="configuration">The configuration.</param>
        protected {{service.Client}}(ClientBaseConfiguration configuration) : base(configuration)
        {
        }

        /// <summary>Makes a client of the same kind with another configuration.</summary>
        protected override {{service.Client}} NewInstance(ClientBaseConfiguration configuration)
        {
            return new {{service.Client}}(configuration);
        }

        """);

    private static IEnumerable<Form> FormsOf(MethodModel method)
    {
        var blockingRequests = $"global::System.Collections.Generic.IEnumerable<{method.Request}>";
        var asyncRequests = $"global::System.Collections.Generic.IAsyncEnumerable<{method.Request}>";
        const string Requests = "The requests; the end of the sequence closes the sending side.";
        const string Request = "The request.";
        return method.Kind switch
        {
            CallKind.Unary =>
            [
                new("", method.Response, "BlockingUnaryCall", method.Request, "request", Request, "The reply."),
                new("Async", $"grpc::AsyncUnaryCall<{method.Response}>", "AsyncUnaryCall", method.Request, "request", Request, "The call; await it for the reply."),
            ],
            CallKind.ServerStreaming =>
            [
                new("", $"grpc::AsyncServerStreamingCall<{method.Response}>", "AsyncServerStreamingCall", method.Request, "request", Request,
                    "The call; enumerate it, or its <c>Blocking()</c>, for the replies."),
            ],
            CallKind.ClientStreaming =>
            [
                new("", $"grpc::AsyncClientStreamingCall{method.Types}", "AsyncClientStreamingCall", null, "", "",
                    "The call, with a stream to write requests to; await it for the reply."),
                new("", method.Response, "BlockingClientStreamingCall", blockingRequests, "requests", Requests, "The reply."),
                new("Async", $"grpc::AsyncUnaryCall<{method.Response}>", "AsyncClientStreamingCall", asyncRequests, "requests", Requests,
                    "The call; await it for the reply."),
            ],
            _ =>
            [
                new("", $"grpc::AsyncDuplexStreamingCall{method.Types}", "AsyncDuplexStreamingCall", null, "", "",
                    "The call, with a stream to write requests to; enumerate it for the replies."),
                new("", $"global::System.Collections.Generic.IEnumerable<{method.Response}>", "BlockingDuplexStreamingCall",
                    blockingRequests, "requests", Requests, "The replies."),
                new("", $"grpc::AsyncServerStreamingCall<{method.Response}>", "AsyncDuplexStreamingCall", asyncRequests, "requests",
                    Requests, "The call; enumerate it for the replies."),
            ],
        };
    }

    /// <summary>
    /// The name of a form. A service may have <c>Get</c> and <c>GetAsync</c> with one request type: then the asynchronous form of <c>Get</c> gets an underscore
    /// behind its name, since the blocking form of <c>GetAsync</c> has the name from the file.
    /// </summary>
    private string NameOf(MethodModel method, Form form)
    {
        if (form.Suffix.Length == 0)
        {
            return method.Name;
        }

        var name = method.Method.Name + form.Suffix;
        while (!_taken.Add((name, form.ParameterType)))
        {
            name += "_";
        }

        return name;
    }

    private void WriteForm(MethodModel method, Form form)
    {
        var name = NameOf(method, form);
        var parameter = form.ParameterType is null ? "" : $"{form.ParameterType} {form.Parameter}, ";
        var argument = form.ParameterType is null ? "" : $"{form.Parameter}, ";
        (string, string)[] documented = form.ParameterType is null ? [] : [(form.Parameter, form.Meaning)];

        _docs.Write(method, form.Returns, [
            .. documented,
            ("headers", "Metadata to send; null for none."),
            ("deadline", "When the call must be over, in UTC; null for never."),
            ("cancellationToken", "Cancels the call."),
        ]);
        using (writer.Block($"public virtual {form.ReturnType} {name}({parameter}{_callArguments})"))
        {
            writer.Line($"return {name}({argument}new grpc::CallOptions(headers, deadline, cancellationToken));");
        }

        writer.Line();
        _docs.Write(method, form.Returns, [.. documented, ("options", "The options of the call.")]);
        using (writer.Block($"public virtual {form.ReturnType} {name}({parameter}grpc::CallOptions options)"))
        {
            var last = form.ParameterType is null ? "" : $", {form.Parameter}";
            writer.Line($"return CallInvoker.{form.Invoker}({method.Field}, null, options{last});");
        }

        writer.Line();
    }

    /// <summary>One form of a method.</summary>
    /// <param name="Suffix">What follows the method's name.</param>
    /// <param name="ReturnType">The type given back.</param>
    /// <param name="Invoker">The invoker's method.</param>
    /// <param name="ParameterType">The type of the request or requests; null for none.</param>
    /// <param name="Parameter">The name of the parameter.</param>
    /// <param name="Meaning">What the parameter is.</param>
    /// <param name="Returns">What is given back.</param>
    private sealed record Form(
        string Suffix, string ReturnType, string Invoker, string? ParameterType, string Parameter, string Meaning, string Returns);
}
