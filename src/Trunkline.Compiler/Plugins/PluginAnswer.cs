using Trunkline.Descriptors;

namespace Trunkline.Compiler.Plugins;

/// <summary>
/// Writes what a generator made as a CodeGeneratorResponse: the other side of <see cref="PluginResponse"/>, and by hand for the same reason. What the
/// generator supports goes with an error too: it is about the generator, not about this run.
/// </summary>
internal static class PluginAnswer
{
    private const int ErrorField = 1;
    private const int SupportedFeaturesField = 2;
    private const int MinimumEditionField = 3;
    private const int MaximumEditionField = 4;
    private const int FileField = 15;
    private const int NameField = 1;
    private const int InsertionPointField = 2;
    private const int ContentField = 15;

    public static WireWriter Write(GeneratedFiles generated)
    {
        var writer = new WireWriter(1 << 16);
        writer.WriteString(ErrorField, generated.Error);
        writer.WriteUInt64(SupportedFeaturesField, (ulong)generated.SupportedFeatures);
        writer.WriteInt32(MinimumEditionField, (int)generated.MinimumEdition);
        writer.WriteInt32(MaximumEditionField, (int)generated.MaximumEdition);
        foreach (GeneratedFile file in generated.Error is null ? generated.Files : [])
        {
            int start = writer.BeginNested(FileField);
            writer.WriteString(NameField, file.Name);
            writer.WriteString(InsertionPointField, file.InsertionPoint);
            writer.WriteBytes(ContentField, file.Bytes);
            writer.EndNested(start);
        }

        return writer;
    }
}
