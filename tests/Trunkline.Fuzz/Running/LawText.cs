using System.Runtime.CompilerServices;
using System.Text;

namespace Trunkline.Fuzz.Running;

/// <summary>A text that is put together only when a law is broken: laws are checked a million times a minute and broken hardly ever.</summary>
[InterpolatedStringHandler]
internal readonly ref struct LawText
{
    private readonly StringBuilder? _text;

    public LawText(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = isNeeded ? new StringBuilder(literalLength + (16 * formattedCount)) : null;
    }

    public void AppendLiteral(string value) => _text!.Append(value);

    public void AppendFormatted<T>(T value, string? format = null) =>
        _text!.Append(format is not null && value is IFormattable formattable ? formattable.ToString(format, formatProvider: null) : value?.ToString());

    /// <inheritdoc/>
    public override string ToString() => _text?.ToString() ?? "";
}
