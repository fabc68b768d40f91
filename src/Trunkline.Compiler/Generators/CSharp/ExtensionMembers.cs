using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>Writes what a message offers whose fields others may extend.</summary>
internal static class ExtensionMembers
{
    /// <summary>Writes the members for the message of that name; <paramref name="maybe"/> stands behind types that may be null.</summary>
    public static void Write(string message, string maybe, CodeWriter writer)
    {
        var single = $"pb::Extension<{message}, TValue> extension";
        var repeated = $"pb::RepeatedExtension<{message}, TValue> extension";
        Write("The value of an extension, or its default.", $"TValue{maybe} GetExtension<TValue>({single})", "return pb::ExtensionSet.Get(ref _extensions, extension);");
        Write("The values of an extension, or null.", $"pbc::RepeatedField<TValue>{maybe} GetExtension<TValue>({repeated})", "return pb::ExtensionSet.Get(ref _extensions, extension);");
        Write(
            "The values of an extension, to add to.",
            $"pbc::RepeatedField<TValue> GetOrInitializeExtension<TValue>({repeated})",
            "return pb::ExtensionSet.GetOrInitialize(ref _extensions, extension);");
        Write("Sets an extension.", $"void SetExtension<TValue>({single}, TValue value)", "pb::ExtensionSet.Set(ref _extensions, extension, value);");
        Write("Whether an extension is set.", $"bool HasExtension<TValue>({single})", "return pb::ExtensionSet.Has(ref _extensions, extension);");
        Write("Clears an extension.", $"void ClearExtension<TValue>({single})", "pb::ExtensionSet.Clear(ref _extensions, extension);");
        Write("Clears an extension.", $"void ClearExtension<TValue>({repeated})", "pb::ExtensionSet.Clear(ref _extensions, extension);");

        void Write(string summary, string signature, string body)
        {
            writer.Line($"/// <summary>{summary}</summary>");
            writer.Line($"public {signature} {{ {body} }}");
            writer.Line();
        }
    }
}
