using System.Runtime.CompilerServices;

namespace Trunkline.Fuzz.Running;

/// <summary>A text that is put together only when somebody reads along.</summary>
[InterpolatedStringHandler]
internal readonly ref struct StoryText
{
    private readonly LawText _text;

    public StoryText(int literalLength, int formattedCount, Trace trace, out bool isTold) =>
        _text = new LawText(literalLength, formattedCount, holds: !trace.IsTold, out isTold);

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
