using System.Runtime.CompilerServices;
using Trunkline.Descriptors.Dynamic;

namespace Trunkline.Descriptors.Text;

/// <summary>Counts how deep messages and lists lie in each other: the parser calls itself once for each.</summary>
internal sealed class TextDepth(TextCursor cursor)
{
    private int _depth;

    /// <summary>Goes one deeper; false after a report. The limit fits the stacks that threads have by default, and smaller ones are asked.</summary>
    public bool Enter() => (_depth++ < MessageEncoder.MaximumDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        || cursor.Fail($"Message is too deep, the parser exceeded the configured recursion limit of {MessageEncoder.MaximumDepth}.");

    public void Leave() => _depth--;
}
