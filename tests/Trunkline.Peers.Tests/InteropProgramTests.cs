using System.Net;
using System.Net.Sockets;
using Trunkline.Harness;
using Trunkline.Harness.Peers;
using Trunkline.Interop;
using Trunkline.Interop.Certificates;
using Trunkline.Interop.Clients;
using Trunkline.Interop.CommandLines;

namespace Trunkline.Peers.Tests;

/// <summary>The interop program itself: its flags, its exit codes, its certificates, and that its client takes no wrong answer for a right one.</summary>
public sealed class InteropProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("--use_tls=true --server_port=50051")]
    [InlineData("-use_tls=true -server_port=50051")]
    [InlineData("--use_tls true --server_port 50051")]
    [InlineData("--use_tls --server_port 50051")]
    [InlineData("--server_port 50051 --use_tls")]
    [InlineData("--use_tls=1 --server_port=50051 --test_case=")]
    public void Flags_EverySpelling_ReadsTheSame(string line)
    {
        var flags = new Flags(line.Split(' '), "use_tls", "server_port", "test_case");
        Assert.True(flags.Switch("use_tls"));
        Assert.Equal(50051, flags.Port("server_port"));
        Assert.Null(flags.Text("test_case"));
    }

    [Theory]
    [InlineData("--server_prot=1", "--server_prot=1")]
    [InlineData("50051", "50051")]
    [InlineData("--server_port=70000", "70000")]
    [InlineData("--use_tls=true", "--server_port")]
    [InlineData("--server_port=1 --use_tls=maybe", "maybe")]
    public void Flags_NotUsable_SaysWhich(string line, string named)
    {
        var exception = Assert.Throws<UsageException>(() =>
        {
            var flags = new Flags(line.Split(' '), "use_tls", "server_port");
            flags.Port("server_port");
            flags.Switch("use_tls");
        });
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client --server_port=1 --test_case=no_such_case", "no_such_case")]
    [InlineData("client --server_port=1 --use_tls --use_test_ca", "--ca_file")]
    [InlineData("client", "--server_port")]
    [InlineData("server --port=0 --use_tls", "--tls_cert_file")]
    [InlineData("serve", "server --port=N")]
    public async Task Program_UnusableCommandLine_EndsWith2AndSaysWhy(string line, string named)
    {
        (int exitCode, string transcript) = await RunAsync(line.Split(' '));
        Assert.Equal(2, exitCode);
        Assert.Contains(named, transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_PortInUse_EndsWithoutServingAndNamesThePort()
    {
        using var taken = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        (int exitCode, string transcript) = await RunAsync("server", $"--port={port}");
        Assert.Equal(2, exitCode);
        Assert.Contains($"{port}", transcript, StringComparison.Ordinal);
    }

    [PeerFact("openssl")]
    public async Task Certificates_OpenSsl_FindsThemGoodForEveryName()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("trunkline-certificates-");
        try
        {
            (int exitCode, string transcript) = await RunAsync("certificates", folder.FullName);
            Assert.True(exitCode == 0, transcript);
            string server = TestCertificates.ServerPath(folder.FullName);
            string[][] names = [["-verify_hostname", TestCertificates.ServerName], ["-verify_hostname", "localhost"], ["-verify_ip", "127.0.0.1"], ["-verify_ip", "::1"]];
            foreach (string[] name in names)
            {
                string verdict = await PeerProcess.RunAsync(
                    "openssl", ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", TestCertificates.AuthorityPath(folder.FullName), .. name, server]);
                Assert.Equal($"{server}: OK", verdict);
            }

            Assert.Equal(
                await PeerProcess.RunAsync("openssl", "x509", "-in", server, "-noout", "-pubkey"),
                await PeerProcess.RunAsync("openssl", "pkey", "-in", TestCertificates.ServerKeyPath(folder.FullName), "-pubout"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Every case whose outcome a server decides must fail on a server that decides wrong.</summary>
    [Fact]
    public async Task Client_ServerThatAnswersWrong_NoCaseDecidedByTheServerPasses()
    {
        string[] decidedByTheClient = ["cancel_after_begin", "timeout_on_sleeping_server"];
        await using var server = new Server();
        server.Services.Add(TestService.BindService(new WrongService()));
        server.Services.Add(UnimplementedService.BindService(new ImplementedService()));
        ServerPort port = server.Ports.Add("127.0.0.1", 0, ServerCredentials.Insecure);
        server.Start();
        await using var channel = new Channel("127.0.0.1", port.BoundPort, ChannelCredentials.Insecure);
        foreach ((string name, Func<InteropCases, Task> run) in InteropCases.Standard.Concat(InteropCases.Own))
        {
            string? failure = await InteropClient.RunCaseAsync(run, channel);
            Assert.True(failure is not null || decidedByTheClient.Contains(name), $"{name} passed on wrong answers");
        }
    }

    private static async Task<(int ExitCode, string Transcript)> RunAsync(params string[] arguments)
    {
        string[] command = Programs.InteropCommand(arguments);
        await using PeerProcess process = PeerProcess.Start(command[0], command[1..]);
        return (await process.WaitForExitAsync(Patience), process.Transcript);
    }

    /// <summary>Wrong in each method: a byte or a message too few or too many, another status, no metadata.</summary>
    private sealed class WrongService : TestService.TestServiceBase
    {
        public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.Internal, "no"));

        public override Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context) => request.ResponseStatus is null
            ? Task.FromResult(new SimpleResponse { Payload = Payloads.Zeros(Math.Max(0, Math.Min(request.ResponseSize, 1_000_000) - 1)) })
            : throw new RpcException(new Status(StatusCode.Unknown, request.ResponseStatus.Message.Trim() + "."));

        public override async Task<StreamingInputCallResponse> StreamingInputCall(
            IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
        {
            int sum = 1;
            await foreach (StreamingInputCallRequest request in requestStream.ReadAllAsync())
            {
                sum += request.Payload.Body.Length;
            }

            return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
        }

        public override async Task StreamingOutputCall(
            StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
        {
            foreach (ResponseParameters parameters in request.ResponseParameters.SkipLast(1))
            {
                await responseStream.WriteAsync(new StreamingOutputCallResponse { Payload = Payloads.Zeros(parameters.Size) });
            }
        }

        /// <summary>Two responses to nothing, then OK: too many for an empty stream, of another size than asked for in the others.</summary>
        public override async Task FullDuplexCall(
            IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
            IServerStreamWriter<StreamingOutputCallResponse> responseStream,
            ServerCallContext context)
        {
            await responseStream.WriteAsync(new StreamingOutputCallResponse());
            await responseStream.WriteAsync(new StreamingOutputCallResponse());
        }

        public override Task<Empty> UnimplementedCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());
    }

    private sealed class ImplementedService : UnimplementedService.UnimplementedServiceBase
    {
        public override Task<Empty> UnimplementedCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());
    }
}
