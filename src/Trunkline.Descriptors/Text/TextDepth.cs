using Trunkline.Descriptors.Dynamic;

namespace Trunkline.Descriptors.Text;

/// <summary>Counts how deep messages and lists lie in each other: the parser calls itself once for each.</summary>
internal sealed class TextDepth(TextCursor cursor)
{
    private int _depth;

    /// <summary>Goes one deeper; false after a report.</summary>
    public bool Enter() => _depth++ < MessageEncoder.MaximumDepth
        || cursor.Fail($"Message is too deep, the parser exceeded the configured recursion limit of {MessageEncoder.MaximumDepth}.");

    public void Leave() => _depth--;
}
