using Trunkline.Harness.Peers;
using Trunkline.Interop.Clients;

namespace Trunkline.Peers.Tests;

/// <summary>Client and server that share neither loopback nor addresses: every interop case over a cable, by IPv4 and IPv6.</summary>
public sealed class FromAnotherMachineTests
{
    [NamespaceFact]
    public async Task OurClient_OurServerOnAnotherMachine_EveryCasePasses()
    {
        await using TwoMachines machines = await TwoMachines.CreateAsync();
        await using PeerProcess server = machines.StartOnFirst(Programs.InteropCommand("server", "--port=50051"));
        await server.WaitForLineAsync("listening on ");
        foreach (string address in (string[])[TwoMachines.FirstIPv4, TwoMachines.FirstIPv6])
        {
            await using PeerProcess client = machines.StartOnSecond(
                Programs.InteropCommand("client", $"--server_host={address}", "--server_port=50051"));
            int exitCode = await client.WaitForExitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal([.. InteropCases.Standard.Keys.Select(static name => $"{name}: ok")], client.Output);
            Assert.Equal(0, exitCode);
        }
    }

    [NamespaceFact]
    public async Task OurServer_OnAnyAddressWhereIPv6IsOff_IsReachedOverIPv4()
    {
        await using TwoMachines machines = await TwoMachines.CreateAsync();
        await machines.SwitchIPv6OffAsync();
        await using PeerProcess server = machines.StartOnFirst(Programs.InteropCommand("server", "--port=50051"));
        await server.WaitForLineAsync("listening on ");
        await using PeerProcess client = machines.StartOnSecond(
            Programs.InteropCommand("client", $"--server_host={TwoMachines.FirstIPv4}", "--server_port=50051", "--test_case=empty_unary"));
        int exitCode = await client.WaitForExitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["empty_unary: ok"], client.Output);
        Assert.Equal(0, exitCode);
    }

    [NamespaceFact]
    public async Task OurClient_NoServerOnTheOtherMachine_FailsUnavailableNamingTheAddress()
    {
        await using TwoMachines machines = await TwoMachines.CreateAsync();
        await using PeerProcess client = machines.StartOnSecond(
            Programs.InteropCommand("client", $"--server_host={TwoMachines.FirstIPv4}", "--server_port=50051", "--test_case=empty_unary"));
        Assert.Equal(1, await client.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        string line = Assert.Single(client.Output);
        Assert.Contains("Unavailable", line, StringComparison.Ordinal);
        Assert.Contains($"{TwoMachines.FirstIPv4}:50051", line, StringComparison.Ordinal);
    }
}
