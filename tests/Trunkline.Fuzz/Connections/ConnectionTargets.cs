using Trunkline.Fuzz.Running;

namespace Trunkline.Fuzz.Connections;

/// <summary>A whole server connection.</summary>
internal sealed class ServerTarget : IFuzzTarget
{
    public string Name => "server";

    public int MaxLength => ScriptInputs.MaxLength;

    public byte[] Generate(Random random) => ScriptInputs.Generate(random);

    public Task ExecuteAsync(byte[] input, Trace trace) => new ServerScript(input, trace).RunAsync();
}

/// <summary>A whole client connection.</summary>
internal sealed class ClientTarget : IFuzzTarget
{
    public string Name => "client";

    public int MaxLength => ScriptInputs.MaxLength;

    public byte[] Generate(Random random) => ScriptInputs.Generate(random);

    public Task ExecuteAsync(byte[] input, Trace trace) => new ClientScript(input, trace).RunAsync();
}
