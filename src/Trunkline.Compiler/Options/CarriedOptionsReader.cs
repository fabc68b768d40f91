using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>Takes the options of an element that comes out of a descriptor set. They have their meaning already; which of them are for the compiler alone is to be found.</summary>
internal static class CarriedOptionsReader
{
    public static void Take(DescriptorMessage options, MessageSymbol type, Symbol element, SymbolTable table)
    {
        byte[] all = options.ToByteArray();
        byte[] kept = WithoutSourceOnly(all, type, table);
        element.OwnFeatures = FeaturesOf(options);
        element.RetainedOptionBytes = all;

        // Options that were empty from the start stay: so protoc brings them out. Those that were all for the compiler alone leave nothing behind.
        element.OptionBytes = kept.Length == 0 && all.Length > 0 ? null : kept;
        element.File.HasRetainedForm |= kept.Length != all.Length;
    }

    // Messages in options nest no deeper than the reader of descriptors let them.
    private static byte[] WithoutSourceOnly(ReadOnlySpan<byte> bytes, MessageSymbol type, SymbolTable table)
    {
        var kept = new WireWriter();
        var reader = new WireReader(bytes);
        int start = 0;
        while (reader.TryReadTag(out uint tag))
        {
            int number = (int)(tag >> 3);
            FieldSymbol? field = type.Fields.Find(candidate => candidate.Number == number) ?? table.FindExtension(type, number);
            if (field is { Type: FieldType.Message, MessageType: { } nested, IsSourceOnly: false } && (WireType)(tag & 7) == WireType.LengthDelimited)
            {
                kept.WriteTag(number, WireType.LengthDelimited);
                kept.WriteBytes(WithoutSourceOnly(reader.ReadBytes(), nested, table));
            }
            else
            {
                reader.Skip(tag);
                if (field?.IsSourceOnly != true)
                {
                    kept.WriteRaw(reader.Since(start));
                }
            }

            start = reader.Position;
        }

        return kept.Written.ToArray();
    }

    private static FeatureSet? FeaturesOf(DescriptorMessage options) => options switch
    {
        Descriptors.FileOptions file => file.Features,
        MessageOptions message => message.Features,
        FieldOptions field => field.Features,
        OneofOptions oneof => oneof.Features,
        ExtensionRangeOptions range => range.Features,
        EnumOptions type => type.Features,
        EnumValueOptions value => value.Features,
        ServiceOptions service => service.Features,
        MethodOptions method => method.Features,
        _ => null,
    };
}
