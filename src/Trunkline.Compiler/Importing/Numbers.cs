using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Importing;

/// <summary>Numbers as the tree has them.</summary>
internal static class Numbers
{
    public static IntegerSyntax Integer(long value) => new((ulong)Math.Abs(value), value < 0);

    /// <summary>A range; both ends belong to it.</summary>
    public static RangeSyntax Range(long first, long last) => new() { Start = Integer(first), End = Integer(last) };
}
