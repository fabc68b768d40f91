using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests;

/// <summary>Two network namespaces with a cable between them: to the programs in them, two machines. Disposing takes them away.</summary>
internal sealed class TwoMachines : IAsyncDisposable
{
    private readonly string _first = $"trunkline-{Environment.ProcessId}-a";
    private readonly string _second = $"trunkline-{Environment.ProcessId}-b";

    private TwoMachines()
    {
    }

    /// <summary>The first machine's address on the cable; out of the block that is set aside for documentation.</summary>
    public static string FirstIPv4 => "192.0.2.1";

    /// <inheritdoc cref="FirstIPv4"/>
    public static string FirstIPv6 => "2001:db8::1";

    public static async Task<TwoMachines> CreateAsync()
    {
        var machines = new TwoMachines();
        try
        {
            await machines.WireAsync();
            return machines;
        }
        catch (InvalidOperationException)
        {
            await machines.DisposeAsync();
            throw;
        }
    }

    /// <summary>Switches IPv6 off on both machines, as some administrators do; the kernel still knows the protocol.</summary>
    public async Task SwitchIPv6OffAsync()
    {
        foreach (string machine in (string[])[_first, _second])
        {
            await IpAsync("netns", "exec", machine, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
        }
    }

    public PeerProcess StartOnFirst(string[] command) => PeerProcess.Start("ip", ["netns", "exec", _first, .. command]);

    public PeerProcess StartOnSecond(string[] command) => PeerProcess.Start("ip", ["netns", "exec", _second, .. command]);

    public async ValueTask DisposeAsync()
    {
        foreach (string machine in (string[])[_first, _second])
        {
            // The cable goes with its ends. A namespace that was not made cannot be deleted: that is no second failure.
            await using PeerProcess delete = PeerProcess.Start("ip", "netns", "delete", machine);
            await delete.WaitForExitAsync(TimeSpan.FromSeconds(10));
        }
    }

    private async Task WireAsync()
    {
        await IpAsync("netns", "add", _first);
        await IpAsync("netns", "add", _second);
        await IpAsync("-n", _first, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", _second);
        await AddressAsync(_first, FirstIPv4, FirstIPv6);
        await AddressAsync(_second, "192.0.2.2", "2001:db8::2");
    }

    private static async Task AddressAsync(string machine, string ipv4, string ipv6)
    {
        await IpAsync("-n", machine, "address", "add", $"{ipv4}/24", "dev", "cable");
        // nodad: an address is usable at once, instead of after a second in which others could object to it.
        await IpAsync("-n", machine, "address", "add", $"{ipv6}/64", "dev", "cable", "nodad");
        await IpAsync("-n", machine, "link", "set", "cable", "up");
    }

    private static Task<string> IpAsync(params string[] arguments) => PeerProcess.RunAsync("ip", arguments);
}
