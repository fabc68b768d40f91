using Trunkline;

namespace TemplateNamespace;

/// <summary>What the service does. Each call runs on its own; what is not overridden answers UNIMPLEMENTED.</summary>
public sealed class GreeterService : Greeter.GreeterBase
{
    public override Task<HelloReply> Hello(HelloRequest request, ServerCallContext context)
        => Task.FromResult(new HelloReply { Message = $"Hello, {request.Name}!" });
}
