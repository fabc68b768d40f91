using Trunkline.Harness.Peers;

// Most tests here run several processes at once; side by side on a small machine they would starve each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Trunkline.Peers.Tests;

/// <summary>Programs of this repository, run as a user runs them.</summary>
internal static class Programs
{
    private static readonly string Interop = Beside("Trunkline.Interop.dll");
    private static readonly string Conformance = Beside("Trunkline.Conformance.dll");

    private static readonly string Greeter = Example("Greeter/Server", "GreeterServer.dll");

    /// <summary>The command-line tool, to be run with dotnet.</summary>
    public static readonly string Trunkline = InRepository("src/Trunkline.Cli", "trunkline.dll");

    /// <summary>The example that pushes, to be run with dotnet.</summary>
    public static readonly string HttpPush = Example("HttpPush", "HttpPush.dll");

    private static string OwnFramework => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string OwnConfiguration => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);

    /// <summary>The command line of the interop program, to be run by another program.</summary>
    public static string[] InteropCommand(params string[] arguments) => ["dotnet", Interop, .. arguments];

    /// <summary>Starts the HTTP/2 server without gRPC.</summary>
    /// <returns>The process and its port.</returns>
    public static async Task<(PeerProcess Process, string Port)> StartConformanceServerAsync(bool isTls)
    {
        PeerProcess process = PeerProcess.Start("dotnet", [Conformance, "server", "--port", "0", .. isTls ? ["--tls"] : Array.Empty<string>()]);
        string endPoint = await StartedAsync(process, "listening on ");
        return (process, endPoint[(endPoint.LastIndexOf(']') + 2)..].Split(' ')[0]);
    }

    /// <summary>Runs the HTTP/2 client without gRPC: one GET.</summary>
    public static PeerProcess StartConformanceClient(string url) => PeerProcess.Start("dotnet", Conformance, "client", url);

    /// <summary>The same client with its frames written to a file, as the environment asks.</summary>
    public static PeerProcess StartTracedConformanceClient(string trace, string url) =>
        PeerProcess.Start("env", $"TRUNKLINE_FRAME_TRACE={trace}", "dotnet", Conformance, "client", url);

    /// <summary>Starts the Greeter's server.</summary>
    /// <returns>The process and its port.</returns>
    public static async Task<(PeerProcess Process, string Port)> StartGreeterAsync(params string[] tls)
    {
        PeerProcess process = PeerProcess.Start("dotnet", [Greeter, "0", .. tls]);
        string line = await StartedAsync(process, "Greeter listens on port ");
        return (process, line.Split('.')[0]);
    }

    /// <summary>Starts the server that pushes a page's style sheet and script with it.</summary>
    /// <returns>The process and its port.</returns>
    public static async Task<(PeerProcess Process, string Port)> StartHttpPushAsync()
    {
        PeerProcess process = PeerProcess.Start("dotnet", HttpPush, "server", "--port", "0");
        string line = await StartedAsync(process, "HttpPush listens on port ");
        return (process, line.Split('.')[0]);
    }

    private static async Task<string> StartedAsync(PeerProcess process, string prefix)
    {
        try
        {
            return await process.WaitForLineAsync(prefix);
        }
        catch (InvalidOperationException)
        {
            await process.DisposeAsync();
            throw;
        }
    }

    // The same configuration and framework as this assembly's own: .../tests/Trunkline.Peers.Tests/bin/CONFIGURATION/FRAMEWORK/
    private static string InRepository(string folder, string program) =>
        Path.Combine(Path.GetDirectoryName(PeerPrograms.Folder)!, "..", folder, "bin", OwnConfiguration, OwnFramework, program);

    private static string Example(string folder, string program) => InRepository($"examples/{folder}", program);

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
