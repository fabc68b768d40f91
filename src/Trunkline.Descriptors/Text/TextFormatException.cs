namespace Trunkline.Descriptors;

/// <summary>A text is not the text form of the message that was wanted.</summary>
public sealed class TextFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problems">What was found, at least one error among it.</param>
    public TextFormatException(IReadOnlyList<TextProblem> problems)
        : base(string.Join(Environment.NewLine, problems))
        => Problems = problems;

    /// <summary>The errors in the order they were met, and warnings among them.</summary>
    public IReadOnlyList<TextProblem> Problems { get; }
}
