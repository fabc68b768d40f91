using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>
/// Whether options can be read as the messages that every descriptor has them in. With the carried descriptor.proto they can; a file may declare options messages of
/// its own, with other types under the same numbers.
/// </summary>
internal static class KnownForm
{
    public static bool Fits(Symbol element, ReadOnlySpan<byte> options)
    {
        try
        {
            Read(element, options);
            return true;
        }
        catch (DescriptorFormatException)
        {
            // That they do not fit is the answer.
            return false;
        }
    }

    private static DescriptorMessage Read(Symbol element, ReadOnlySpan<byte> options) => element switch
    {
        FileOptionsHolder => Descriptors.FileOptions.Read(options),
        MessageSymbol => MessageOptions.Read(options),
        FieldSymbol => FieldOptions.Read(options),
        OneofSymbol => OneofOptions.Read(options),
        ExtensionRangeSymbol => ExtensionRangeOptions.Read(options),
        EnumSymbol => EnumOptions.Read(options),
        EnumValueSymbol => EnumValueOptions.Read(options),
        ServiceSymbol => ServiceOptions.Read(options),
        _ => MethodOptions.Read(options),
    };
}
