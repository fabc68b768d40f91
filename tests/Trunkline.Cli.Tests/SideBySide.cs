using System.Diagnostics;
using System.Text;
using Trunkline.Cli.Protoc;

namespace Trunkline.Cli.Tests;

/// <summary>What a run left: its exit code, its words, and all files below its working directory as they are afterwards.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors, SortedDictionary<string, byte[]> Files);

/// <summary>Two folders with the same files, one to run protoc in, one to run our command in, with the same words.</summary>
internal sealed class SideBySide : IDisposable
{
    private readonly DirectoryInfo _ours = Directory.CreateTempSubdirectory("trunkline-ours-");
    private readonly DirectoryInfo _theirs = Directory.CreateTempSubdirectory("trunkline-theirs-");

    /// <summary>Writes a file into both folders.</summary>
    public void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file into both folders.</summary>
    public void Write(string name, byte[] content)
    {
        foreach (var folder in new[] { _ours, _theirs })
        {
            var path = Path.Combine(folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>Writes a program for the shell into both folders.</summary>
    public void WriteProgram(string name, string script) => WriteProgram(name, Encoding.UTF8.GetBytes("#!/bin/sh\n" + script + "\n"));

    /// <summary>Writes a file that may be executed into both folders, whatever is in it.</summary>
    public void WriteProgram(string name, byte[] content)
    {
        Write(name, content);
        foreach (var folder in new[] { _ours, _theirs })
        {
            if (OperatingSystem.IsWindows())
            {
                throw new PlatformNotSupportedException("A script for the shell is no program there.");
            }

            File.SetUnixFileMode(Path.Combine(folder.FullName, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Where a file of ours is.</summary>
    public string OurPath(string name) => Path.Combine(_ours.FullName, name);

    /// <summary>Makes an empty folder in both.</summary>
    public void MakeFolder(string name)
    {
        _ours.CreateSubdirectory(name);
        _theirs.CreateSubdirectory(name);
    }

    /// <summary>Empties our folder of that name.</summary>
    public void RemakeFolder(string name)
    {
        Directory.Delete(OurPath(name), recursive: true);
        _ours.CreateSubdirectory(name);
    }

    /// <summary>Runs our command in its folder.</summary>
    public Outcome Ours(params string[] words)
    {
        var before = Environment.CurrentDirectory;
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        using var bytes = new MemoryStream();
        Environment.CurrentDirectory = _ours.FullName;
        try
        {
            var console = new ProtocConsole { Output = output, Errors = errors, OpenOutput = () => bytes };
            var exitCode = new ProtocCommand(console).Run(words, CancellationToken.None);
            return new Outcome(exitCode, output + Encoding.UTF8.GetString(bytes.ToArray()), errors.ToString(), FilesOf(_ours));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    /// <summary>Runs protoc in its folder.</summary>
    public Outcome Theirs(params string[] words) => Run(Harness.Peers.Protoc.Program, words);

    /// <summary>Runs any program in protoc's folder.</summary>
    public Outcome Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = _theirs.FullName,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.GetAwaiter().GetResult(), FilesOf(_theirs));
    }

    /// <summary>Runs both and compares everything; ours is returned.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="differentErrors">What we print as errors where that is not what protoc prints.</param>
    /// <param name="errors">What we print as errors when protoc prints this.</param>
    /// <param name="isZipCompared">Whether archives must be equal byte for byte; the same content can be packed in many ways.</param>
    public Outcome AssertSame(string[] words, string? differentErrors = null, Func<string, string>? errors = null, bool isZipCompared = true)
    {
        var theirs = Theirs(words);
        var ours = Ours(words);
        if (differentErrors is null)
        {
            Assert.Equal((errors?.Invoke(theirs.Errors) ?? theirs.Errors).TrimEnd('\n'), ours.Errors.TrimEnd('\n'));
        }
        else
        {
            Assert.Equal(differentErrors, ours.Errors.TrimEnd('\n'));
            Assert.NotEqual(theirs.Errors.TrimEnd('\n'), ours.Errors.TrimEnd('\n'));
        }

        Assert.Equal((theirs.ExitCode, theirs.Output), (ours.ExitCode, ours.Output));
        Assert.Equal(theirs.Files.Keys, ours.Files.Keys);
        foreach (var (name, content) in theirs.Files)
        {
            if (!isZipCompared && name.EndsWith(".zip", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.True(content.AsSpan().SequenceEqual(ours.Files[name]), $"{name} differs");
        }

        return ours;
    }

    public void Dispose()
    {
        _ours.Delete(recursive: true);
        _theirs.Delete(recursive: true);
    }

    private static SortedDictionary<string, byte[]> FilesOf(DirectoryInfo folder)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(folder.FullName, file.FullName), File.ReadAllBytes(file.FullName));
        }

        return files;
    }
}
