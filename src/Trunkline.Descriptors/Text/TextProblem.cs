namespace Trunkline.Descriptors;

/// <summary>What is wrong, or doubtful, in a text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; a byte each, a tab up to the next multiple of eight.</param>
/// <param name="Message">What it is, in protoc's words.</param>
/// <param name="IsWarning">Whether the text could be read all the same.</param>
public sealed record TextProblem(int Line, int Column, string Message, bool IsWarning)
{
    /// <summary>The problem as protoc prints it behind the name of the input.</summary>
    public override string ToString() => $"{Line}:{Column}: {(IsWarning ? "warning: " : "")}{Message}";
}
