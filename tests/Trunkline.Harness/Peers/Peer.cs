using System.Collections.Concurrent;
using System.Diagnostics;
using Trunkline.Harness.Peers;

namespace Trunkline.Harness;

/// <summary>Finds and runs the programs of other makers that tests talk to.</summary>
public static class Peer
{
    /// <summary>The system's Python: the one whose packages Debian installs, whatever else is on the path.</summary>
    public const string Python = "/usr/bin/python3";

    private static readonly ConcurrentDictionary<string, bool> Installed = new(StringComparer.Ordinal);

    /// <summary>Whether a missing peer is a failure.</summary>
    public static bool AreRequired => Environment.GetEnvironmentVariable("TRUNKLINE_REQUIRE_PEERS") == "1";

    /// <summary>Whether a peer is there.</summary>
    /// <param name="peer">A program on the path, <c>python3:MODULE</c> or <c>node:PACKAGE</c>.</param>
    public static bool IsInstalled(string peer) => Installed.GetOrAdd(peer, Probe);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message has what it said.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        using Process process = Start(program, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }

    private static bool Probe(string peer) => peer.Split(':', 2) switch
    {
        ["python3", var module] => Succeeds(Python, ["-c", $"import {module}"]),
        ["node", var package] => Succeeds("node", ["-e", $"require.resolve('{package}', {{ paths: ['{PeerPrograms.Folder}'] }})"]),
        _ => IsOnPath(peer),
    };

    private static bool IsOnPath(string program) =>
        Path.IsPathRooted(program)
            ? File.Exists(program)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool Succeeds(string program, IEnumerable<string> arguments)
    {
        if (!IsOnPath(program))
        {
            return false;
        }

        using Process process = Start(program, arguments);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }
}
