using Trunkline.Harness;
using Trunkline.Harness.Peers;
using Trunkline.Interop.Certificates;
using Trunkline.Interop.Clients;

namespace Trunkline.Interop.Tables;

/// <summary>
/// Our client against every server, and every client against our server, in cleartext, over TLS and compressed: each case in a cell. Programs run apart, each for
/// a bounded time. A peer that is not installed is shown as skipped, unless TRUNKLINE_REQUIRE_PEERS=1, under which its cells fail.
/// </summary>
internal sealed class InteropTable
{
    private const string Ok = "ok";
    private const string Failed = "FAILED";
    private const string Skipped = "skipped";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Cases = [.. InteropCases.Standard.Keys, .. InteropCases.Own.Keys];

    private static readonly (Participant Client, Participant Server)[] Pairs =
    [
        .. Participant.All.Select(static server => (Participant.Trunkline, server)),
        .. Participant.All.Skip(1).Select(static client => (client, Participant.Trunkline)),
    ];

    private readonly List<string> _remarks = [];
    private int _passed;
    private int _failed;
    private int _skipped;

    /// <summary>Fills the table, prints it, and tells by the exit code whether every cell that ran passed.</summary>
    public static async Task<int> RunAsync()
    {
        DirectoryInfo certificates = Directory.CreateTempSubdirectory("trunkline-interop-");
        try
        {
            TestCertificates.Create().Write(certificates.FullName);
            var table = new InteropTable();
            await table.FillAsync("cleartext", [], []);
            await table.FillAsync("TLS", ServerTls(certificates.FullName), ClientTls(certificates.FullName));
            await table.FillAsync("cleartext, all messages compressed with gzip", ["--compression=gzip"], ["--compression=gzip"]);
            return table.Finish();
        }
        finally
        {
            certificates.Delete(recursive: true);
        }
    }

    private async Task FillAsync(string security, string[] serverFlags, string[] clientFlags)
    {
        var columns = new List<Dictionary<string, string>>();
        foreach ((Participant client, Participant server) in Pairs)
        {
            columns.Add(await RunPairAsync(security, client, server, serverFlags, clientFlags));
        }

        Print(security, columns);
    }

    /// <summary>Runs all cases of a pair, in one client process and one server process.</summary>
    private async Task<Dictionary<string, string>> RunPairAsync(
        string security, Participant client, Participant server, string[] serverFlags, string[] clientFlags)
    {
        string pair = $"{client} to {server}, {security}";
        if (PeerPrograms.MissingReason(client.Needs.Concat(server.Needs)) is { } missing)
        {
            return Same(Peer.AreRequired ? Failed : Skipped, $"{pair}: {missing}");
        }

        try
        {
            await using PeerProcess serving = server.StartServer(serverFlags);
            string port = await serving.WaitForLineAsync("listening on ");
            await using PeerProcess calling = client.StartClient([$"--server_port={port}", $"--test_case={string.Join(',', Cases)}", .. clientFlags]);
            int exitCode = await calling.WaitForExitAsync(Patience);
            return ReadResults(pair, calling, exitCode);
        }
        catch (InvalidOperationException exception)
        {
            return Same(Failed, $"{pair}: {exception.Message}");
        }
    }

    private Dictionary<string, string> ReadResults(string pair, PeerProcess client, int exitCode)
    {
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in Cases)
        {
            string? line = client.Output.FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.Ordinal));
            results[name] = line == $"{name}: ok" ? Ok : Failed;
            if (results[name] == Failed)
            {
                _remarks.Add($"{pair}: {line ?? $"{name}: no result; exit code {exitCode}, and it said: {client.Transcript}"}");
            }
        }

        if (exitCode != 0 && results.Values.All(static result => result == Ok))
        {
            return Same(Failed, $"{pair}: every case passed, yet the exit code is {exitCode}: {client.Transcript}");
        }

        return results;
    }

    private Dictionary<string, string> Same(string result, string remark)
    {
        _remarks.Add(remark);
        return Cases.ToDictionary(static name => name, _ => result, StringComparer.Ordinal);
    }

    private void Print(string security, List<Dictionary<string, string>> columns)
    {
        Console.WriteLine(security);
        PrintRow("  client", Pairs.Select(static pair => pair.Client.Name));
        PrintRow("  server", Pairs.Select(static pair => pair.Server.Name));
        foreach (string name in Cases)
        {
            PrintRow($"  {name}", columns.Select(column => column[name]));
        }

        Console.WriteLine();
        foreach (string result in columns.SelectMany(static column => column.Values))
        {
            _passed += result == Ok ? 1 : 0;
            _failed += result == Failed ? 1 : 0;
            _skipped += result == Skipped ? 1 : 0;
        }
    }

    private static void PrintRow(string head, IEnumerable<string> cells) =>
        Console.WriteLine($"{head,-30}{string.Concat(cells.Select(static cell => $"{cell,-12}"))}".TrimEnd());

    private int Finish()
    {
        _remarks.ForEach(Console.WriteLine);
        Console.WriteLine($"{_passed} cells passed, {_failed} failed, {_skipped} skipped");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }

    private static string[] ServerTls(string folder) =>
        ["--use_tls=true", $"--tls_cert_file={TestCertificates.ServerPath(folder)}", $"--tls_key_file={TestCertificates.ServerKeyPath(folder)}"];

    private static string[] ClientTls(string folder) =>
        ["--use_tls=true", "--use_test_ca=true", $"--ca_file={TestCertificates.AuthorityPath(folder)}", $"--server_host_override={TestCertificates.ServerName}"];
}
