using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests;

/// <summary>A test that makes network namespaces of Linux: it needs the program ip (iproute2) and root.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(MissingReason);

    /// <summary>Decides whether the test runs here.</summary>
    public NamespaceFactAttribute()
    {
        if (!Peer.AreRequired)
        {
            Skip = Missing.Value!;
        }
    }

    private static string? MissingReason()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "network namespaces are Linux's";
        }

        if (!Peer.IsInstalled("ip"))
        {
            return "missing: ip (eng/install-peers.sh installs iproute2)";
        }

        return Environment.IsPrivilegedProcess ? RefusalOf($"trunkline-{Environment.ProcessId}-probe") : "network namespaces need root";
    }

    /// <summary>Root in a container may still not be allowed to make one: trying tells.</summary>
    private static string? RefusalOf(string name)
    {
        try
        {
            PeerProcess.RunAsync("ip", "netns", "add", name).GetAwaiter().GetResult();
            PeerProcess.RunAsync("ip", "netns", "delete", name).GetAwaiter().GetResult();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"network namespaces are refused here: {exception.Message.ReplaceLineEndings(" ")}";
        }
    }
}
