using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Trunkline.Build.Reports;

/// <summary>Hands findings to MSBuild.</summary>
/// <param name="log">MSBuild's log.</param>
/// <param name="engine">MSBuild itself.</param>
/// <param name="designTime">Whether an error must not stop the build.</param>
internal sealed class TaskReport(TaskLoggingHelper log, IBuildEngine engine, bool designTime)
{
    private const string KeywordPrefix = "Trunkline.";

    /// <summary>Whether there was an error, however it was shown.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Reports a finding.</summary>
    public void Add(Finding finding)
    {
        HasErrors |= finding.IsError;
        var (file, line, column, endLine, endColumn) = finding.Place;
        var keyword = KeywordPrefix + finding.Code;
        if (finding.IsError && !designTime)
        {
            log.LogError(null, finding.Code, keyword, file, line, column, endLine, endColumn, "{0}", finding.Message);
        }
        else if (designTime && WouldBeError(finding.Code))
        {
            // An editor that gets an error here loses all that it knows of the project.
            log.LogMessage(null, finding.Code, keyword, file, line, column, endLine, endColumn, MessageImportance.High, "{0}", finding.Message);
        }
        else
        {
            log.LogWarning(null, finding.Code, keyword, file, line, column, endLine, endColumn, "{0}", finding.Message);
        }

        foreach (var (place, note) in finding.Related)
        {
            log.LogMessage(
                null, finding.Code, keyword, place.File, place.Line, place.Column, place.EndLine, place.EndColumn, MessageImportance.High, "{0}", note);
        }
    }

    /// <summary>Reports a fault of ours.</summary>
    public void AddFault(Exception fault)
    {
        Add(Finding.Error(
            BuildCodes.Fault,
            engine.ProjectFileOfTaskNode,
            $"The compiler of .proto files has failed: {fault.GetType().Name}: {fault.Message} This is a fault of Trunkline; please report it with the output of a build with "
            + "-v:detailed."));
        log.LogMessage(MessageImportance.Low, "{0}", fault);
    }

    private bool WouldBeError(string code) => engine is IBuildEngine8 modern && modern.ShouldTreatWarningAsError(code);
}
