using System.Runtime.InteropServices;

namespace Trunkline.Rpc.Headers;

/// <summary>The <c>user-agent</c> of this library (gRPC over HTTP/2, "User Agents"): name, version and, in brackets, what it runs on.</summary>
internal static class UserAgent
{
    /// <summary>The value without an application's prefix.</summary>
    public static string Value { get; } = $"grpc-csharp-trunkline/{Version()} (.NET {Environment.Version.ToString(2)}; {System()}; {Architecture()})";

    /// <summary>The value with an application's prefix in front.</summary>
    public static string WithPrefix(string? prefix) => string.IsNullOrEmpty(prefix) ? Value : prefix + " " + Value;

    private static string Version() => typeof(UserAgent).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static string System() =>
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "osx" : "other";

#pragma warning disable CA1308 // The customary spelling of architectures is lower case.
    private static string Architecture() => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
