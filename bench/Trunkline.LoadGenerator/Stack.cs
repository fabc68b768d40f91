using System.Globalization;
using Trunkline.LoadContract;

namespace Trunkline.LoadGenerator;

/// <summary>A stack under measurement: its server and its client, two processes and one connection.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly RoleProcess _server;
    private readonly RoleProcess _client;

    private Stack(string name, RoleProcess server, RoleProcess client)
    {
        Name = name;
        _server = server;
        _client = client;
    }

    public string Name { get; }

    /// <summary>Starts both processes of a program that takes <c>server</c> and <c>client HOST:PORT</c>.</summary>
    public static async Task<Stack> StartAsync(string name, string program)
    {
        var server = RoleProcess.Start($"The server of {name}", program, "server");
        var port = (await server.ExpectAsync("port"))[0];
        var client = RoleProcess.Start($"The client of {name}", program, "client", $"127.0.0.1:{port}");
        await client.ExpectAsync("ready");
        return new Stack(name, server, client);
    }

    /// <summary>One round of work.</summary>
    public async Task<Round> RunAsync(Work work, TimeSpan length)
    {
        var before = await ServerUsageAsync();
        var done = await _client.AskAsync(string.Create(CultureInfo.InvariantCulture, $"run {work.Name} {length.TotalSeconds}"), "done");
        var server = await ServerUsageAsync() - before;
        var count = long.Parse(done[0], CultureInfo.InvariantCulture);
        var elapsed = TimeSpan.FromTicks(long.Parse(done[1], CultureInfo.InvariantCulture));
        return new Round(count, elapsed, ProcessUsage.Parse(done.AsSpan(2)), server);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task<ProcessUsage> ServerUsageAsync() => ProcessUsage.Parse(await _server.AskAsync("usage", "usage"));
}
