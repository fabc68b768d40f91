using Greeting;
using Trunkline;

namespace GreeterServer;

/// <summary>The service: plain blocking code, run by the server's workers.</summary>
internal sealed class GreeterService : Greeter.GreeterBlockingBase
{
    private long _answered;

    /// <summary>How many calls were answered so far.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public override Reply Hello(Request request, ServerCallContext context)
    {
        var name = request.Name.Length == 0 ? "world" : request.Name;
        Interlocked.Increment(ref _answered);
        return new Reply { Message = $"Hello, {name}!" };
    }
}
