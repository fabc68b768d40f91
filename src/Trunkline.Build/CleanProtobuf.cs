using Microsoft.Build.Framework;
using Trunkline.Build.Reports;

namespace Trunkline.Build;

/// <summary>The MSBuild task behind <c>dotnet clean</c>: deletes what <see cref="CompileProtobuf"/> has written, wherever that lies, and its notes.</summary>
public sealed class CleanProtobuf : Microsoft.Build.Utilities.Task
{
    /// <summary>The folder of the project; relative paths start here.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Where the compiling task notes what it has done.</summary>
    [Required]
    public string StateFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var path = Path.GetFullPath(StateFile, ProjectDirectory);
        var report = new TaskReport(Log, BuildEngine, designTime: false);
        try
        {
            foreach (var output in States.StateFile.Read(path)?.Items.SelectMany(item => item.Outputs) ?? [])
            {
                File.Delete(output.Path);
            }

            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has deleted the whole folder: cleaner it cannot be.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            report.Add(Finding.Error(BuildCodes.NotWritten, path, $"Generated code could not be deleted: {failure.Message}"));
        }

        return !report.HasErrors;
    }
}
