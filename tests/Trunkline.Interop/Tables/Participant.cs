using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Interop.Tables;

/// <summary>An implementation with an interop client and server, each a program that takes the standard flags.</summary>
internal sealed record Participant(string Name, string Program, string[] ClientArguments, string[] ServerArguments, string[] Needs)
{
    public static readonly Participant Trunkline = new("trunkline", "dotnet", [OwnPath, "client"], [OwnPath, "server"], []);

    public static readonly Participant Grpcio = new(
        "grpcio", Peer.Python, [PeerPrograms.Python("interop_client.py")], [PeerPrograms.Python("interop_server.py")], PeerPrograms.GrpcioNeeds);

    public static readonly Participant GrpcioAio = new(
        "grpcio-aio", Peer.Python, [PeerPrograms.Python("interop_aio_client.py")], [PeerPrograms.Python("interop_aio_server.py")], PeerPrograms.GrpcioNeeds);

    public static readonly Participant GrpcJs = new(
        "grpc-js", "node", [PeerPrograms.Node("interop_client.js")], [PeerPrograms.Node("interop_server.js")], PeerPrograms.GrpcJsNeeds);

    public static readonly Participant[] All = [Trunkline, Grpcio, GrpcioAio, GrpcJs];

    private static string OwnPath => typeof(Participant).Assembly.Location;

    /// <summary>Starts the server on a free port.</summary>
    public PeerProcess StartServer(IEnumerable<string> flags) => PeerProcess.Start(Program, [.. ServerArguments, "--port=0", .. flags]);

    /// <summary>Starts the client.</summary>
    public PeerProcess StartClient(IEnumerable<string> flags) => PeerProcess.Start(Program, [.. ClientArguments, .. flags]);

    public override string ToString() => Name;
}
