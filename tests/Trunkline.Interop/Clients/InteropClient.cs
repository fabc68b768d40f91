using Trunkline.Interop.CommandLines;

namespace Trunkline.Interop.Clients;

/// <summary>The interop client: runs cases against a server and prints a line for each.</summary>
internal static class InteropClient
{
    /// <summary>How long a case may take. No case of a healthy pair takes a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var flags = new Flags(
            arguments, "server_host", "server_port", "server_host_override", "test_case", "use_tls", "use_test_ca", "ca_file", "compression");
        (string Name, Func<InteropCases, Task> Run)[] chosen = [.. Choose(flags.Text("test_case") ?? "all")];
        var options = new ChannelOptions
        {
            Authority = flags.Text("server_host_override"),
            Compression = flags.Text("compression"),
            UserAgent = "trunkline-interop",
        };
        await using var channel = new Channel(
            flags.Text("server_host") ?? "localhost", flags.Port("server_port"), CredentialsOf(flags), options);
        int failed = 0;
        foreach ((string name, Func<InteropCases, Task> run) in chosen)
        {
            string? failure = await RunCaseAsync(run, channel);
            Console.WriteLine(failure is null ? $"{name}: ok" : $"{name}: FAILED: {failure}");
            failed += failure is null ? 0 : 1;
        }

        return failed == 0 ? 0 : 1;
    }

    /// <summary>Runs a case.</summary>
    /// <returns>What went wrong, on one line; null when nothing did.</returns>
    public static async Task<string?> RunCaseAsync(Func<InteropCases, Task> run, ChannelBase channel)
    {
        try
        {
            await run(new InteropCases(channel)).WaitAsync(Patience);
            return null;
        }
#pragma warning disable CA1031 // Whatever goes wrong in a case, a bug of ours included, is that case's result; the others still run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string reason = exception is TimeoutException ? $"no end within {Patience.TotalSeconds} s"
                : exception is CaseFailedException or RpcException ? exception.Message
                : exception.ToString();
            return reason.ReplaceLineEndings(" ");
        }
    }

    private static IEnumerable<(string Name, Func<InteropCases, Task> Run)> Choose(string names)
    {
        if (names == "all")
        {
            return InteropCases.Standard.Select(static entry => (entry.Key, entry.Value));
        }

        Dictionary<string, Func<InteropCases, Task>> known = new([.. InteropCases.Standard, .. InteropCases.Own, .. InteropCases.Heavy]);
        return names.Split(',').Select(name => known.TryGetValue(name, out Func<InteropCases, Task>? run)
            ? (name, run)
            : throw new UsageException($"there is no case \"{name}\"; there are: all {string.Join(' ', known.Keys)}"));
    }

    private static ChannelCredentials CredentialsOf(Flags flags)
    {
        if (!flags.Switch("use_tls"))
        {
            return ChannelCredentials.Insecure;
        }

        if (flags.Text("ca_file") is { } path)
        {
            return new SslCredentials(File.ReadAllText(path));
        }

        return flags.Switch("use_test_ca")
            ? throw new UsageException("--use_test_ca needs --ca_file: no certificate is kept here; `certificates DIR` makes a set")
            : ChannelCredentials.SecureSsl;
    }
}
