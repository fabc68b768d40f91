namespace Trunkline.Build.Reports;

/// <summary>What a build has to say, as MSBuild shows it.</summary>
/// <param name="IsError">Whether it stops the build.</param>
/// <param name="Code">Its stable code.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record Finding(bool IsError, string Code, Place Place, string Message)
{
    /// <summary>Other places that have to do with it.</summary>
    public IReadOnlyList<(Place Place, string Note)> Related { get; init; } = [];

    /// <summary>An error about a whole file.</summary>
    public static Finding Error(string code, string file, string message) => new(IsError: true, code, Place.Whole(file), message);

    /// <summary>A warning about a whole file.</summary>
    public static Finding Warning(string code, string file, string message) => new(IsError: false, code, Place.Whole(file), message);
}

/// <summary>A place in a file; columns count characters from 1, as editors do. Line 0 is the whole file.</summary>
internal readonly record struct Place(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>A whole file.</summary>
    public static Place Whole(string file) => new(file, 0, 0, 0, 0);
}
