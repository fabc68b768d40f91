using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests.Python;

/// <summary>hellos.proto in Python, as <c>trunkline protoc</c> makes it when the tests start.</summary>
public sealed class GeneratedPython : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-python-");

    /// <summary>Where the modules are.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Starts one of the greeter programs in tests/peers/python on the generated code.</summary>
    public PeerProcess Start(string program, int port) =>
        PeerProcess.Start(Harness.Peer.Python, PeerPrograms.Python(program), "--generated", Folder, "--port", $"{port}");

    /// <inheritdoc/>
    public Task InitializeAsync() => PeerProcess.RunAsync(
        "dotnet", Programs.Trunkline, "protoc", $"-I{Path.Combine(AppContext.BaseDirectory, "Protos")}", $"--python_out={Folder}", $"--grpc_python_out={Folder}", "hellos.proto");

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
