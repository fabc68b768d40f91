using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>Takes the options of an element that comes out of a descriptor set. They have their meaning already; which of them are for the compiler alone is to be found.</summary>
internal static class CarriedOptionsReader
{
    // The field uninterpreted_option, the same in all options messages.
    private const uint UninterpretedOptionNumber = 999;

    // As deep as messages are read elsewhere.
    private const int MaximumDepth = 100;

    public static void Take(DescriptorMessage options, MessageSymbol type, Symbol element, SymbolTable table, DiagnosticBag diagnostics)
    {
        byte[] all = options.ToByteArray();
        if (IsUninterpreted(all))
        {
            // Passing them on would lose what they say.
            diagnostics.Add(new OptionsNotInterpreted(SourceSpan.WholeFile(element.File.Name), element.FullName));
        }

        byte[] kept = Strip(all, type, table, depth: 0);
        element.OwnFeatures = FeaturesOf(options);
        element.RetainedOptionBytes = all;

        // Options that were empty from the start stay: so protoc brings them out. Those that were all for the compiler alone leave nothing behind.
        element.OptionBytes = kept.Length == 0 && all.Length > 0 ? null : kept;
        element.File.HasRetainedForm |= kept.Length != all.Length;
    }

    private static bool IsUninterpreted(ReadOnlySpan<byte> options)
    {
        var reader = new WireReader(options);
        while (reader.TryReadTag(out uint tag))
        {
            if (tag >> 3 == UninterpretedOptionNumber)
            {
                return true;
            }

            reader.Skip(tag);
        }

        return false;
    }

    /// <summary>A message without such options; as it is where it is none, or lies deeper than readers follow: then nobody can tell what is in it.</summary>
    private static ReadOnlySpan<byte> WithoutSourceOnly(ReadOnlySpan<byte> bytes, MessageSymbol type, SymbolTable table, int depth)
    {
        try
        {
            return depth > MaximumDepth ? bytes : Strip(bytes, type, table, depth);
        }
        catch (DescriptorFormatException)
        {
            // Custom options are bytes that nobody has read yet.
            return bytes;
        }
    }

    private static byte[] Strip(ReadOnlySpan<byte> bytes, MessageSymbol type, SymbolTable table, int depth)
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
                kept.WriteBytes(WithoutSourceOnly(reader.ReadBytes(), nested, table, depth + 1));
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
