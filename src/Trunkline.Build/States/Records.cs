using Trunkline.Build.Reports;

namespace Trunkline.Build.States;

/// <summary>One source file as the last build read it.</summary>
/// <param name="Group">Which compilation it took part in: the import roots, joined.</param>
/// <param name="Path">The file.</param>
/// <param name="Stamp">Its size and time.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="Imports">The files on disk that it imports, by path.</param>
/// <param name="Declarations">What no other file of the compilation may declare.</param>
internal sealed record SourceRecord(string Group, string Path, FileStamp Stamp, string Hash, string[] Imports, string[] Declarations);

/// <summary>One item as the last build compiled it.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Group">Which compilation it took part in.</param>
/// <param name="Key">What else decided about its code.</param>
/// <param name="IsCompiled">Whether its code is compiled with the project.</param>
/// <param name="Outputs">The files that were generated.</param>
internal sealed record ItemRecord(string Path, string Group, string Key, bool IsCompiled, IReadOnlyList<OutputRecord> Outputs);

/// <summary>One generated file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Stamp">Its size and time after it was written.</param>
internal sealed record OutputRecord(string Path, FileStamp Stamp);

/// <summary>A finding to be reported again by builds that compile nothing: a warning is true until its cause goes.</summary>
/// <param name="Owner">The file whose next compilation makes it void; or the group, or nothing, when it is about the project.</param>
/// <param name="Code">Its stable code.</param>
/// <param name="File">The file that it names.</param>
/// <param name="Line">The first line, from 1; 0 for the whole file.</param>
/// <param name="Column">The first column in characters, from 1.</param>
/// <param name="EndLine">The line of the end.</param>
/// <param name="EndColumn">The column behind the end.</param>
/// <param name="Message">What it says.</param>
internal sealed record WarningRecord(string Owner, string Code, string File, int Line, int Column, int EndLine, int EndColumn, string Message)
{
    /// <summary>Keeps a warning.</summary>
    public static WarningRecord Of(Finding finding, string owner) => new(
        owner, finding.Code, finding.Place.File, finding.Place.Line, finding.Place.Column, finding.Place.EndLine, finding.Place.EndColumn, finding.Message);

    /// <summary>The warning as it was.</summary>
    public Finding AsFinding() => new(IsError: false, Code, new Place(File, Line, Column, EndLine, EndColumn), Message);
}
