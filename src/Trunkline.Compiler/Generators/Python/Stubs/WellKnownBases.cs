using System.Collections.Frozen;

namespace Trunkline.Compiler.Generators.Python.Stubs;

/// <summary>The messages to which the runtime gives methods of its own; their classes have a second base.</summary>
internal static class WellKnownBases
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        ".google.protobuf.Any", ".google.protobuf.Duration", ".google.protobuf.FieldMask", ".google.protobuf.ListValue", ".google.protobuf.Struct",
        ".google.protobuf.Timestamp",
    ], StringComparer.Ordinal);

    /// <summary>Whether the message of a full name, which begins with a dot, is one of them.</summary>
    public static bool Has(string fullName) => Names.Contains(fullName);
}
