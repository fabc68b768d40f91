using System.Buffers;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Options;

/// <summary>The options of one element, read but not yet in wire form.</summary>
/// <param name="Element">The element.</param>
/// <param name="Message">All of them as one message.</param>
/// <param name="Diagnostics">Where faults of theirs are reported.</param>
internal sealed record InterpretedOptions(Symbol Element, OptionMessage Message, DiagnosticBag Diagnostics)
{
    /// <summary>The same statement by statement: the fields that a name leads through, and the value.</summary>
    public List<(List<FieldSymbol> Path, OptionValue Value)> Statements { get; } = [];
}

/// <summary>
/// Puts options into wire form. That waits until the features of the file are known, since options may be declared in the file that uses them, and features say how
/// their fields are written. Then options can be judged that options of theirs speak about.
/// </summary>
internal static class OptionEncoder
{
    public static void Encode(FileSymbol file, IReadOnlyList<InterpretedOptions> options)
    {
        foreach (InterpretedOptions ofElement in options)
        {
            Encode(file, ofElement);
        }

        foreach (InterpretedOptions ofElement in options)
        {
            OptionUse.Check(ofElement.Message, ofElement.Element, ofElement.Diagnostics);
        }
    }

    /// <summary>
    /// Options come in two forms, as they do from protoc: without those for the compiler alone, merged and in order; and all of them, one statement behind the other.
    /// </summary>
    private static void Encode(FileSymbol file, InterpretedOptions options)
    {
        Symbol element = options.Element;
        var statements = new ArrayBufferWriter<byte>();
        foreach ((List<FieldSymbol> path, OptionValue value) in options.Statements)
        {
            statements.Write(OptionMessage.ToByteArray(path, value));
        }

        byte[] kept = options.Message.ToByteArray(withSourceOnly: false);
        if (!options.Message.Type.File.Syntax.Source.IsCarried && !KnownForm.Fits(element, options.Message.ToByteArray(withSourceOnly: true)))
        {
            options.Diagnostics.Add(new OptionsOfOtherForm(file.Span(element.OptionSyntax[0]), options.Message.Type.FullName, options.Message.Type.NameSpan));
            return;
        }

        element.OptionBytes = kept.Length > 0 ? kept : null;
        if (statements.WrittenSpan.SequenceEqual(kept))
        {
            element.RetainedOptionBytes = element.OptionBytes;
            return;
        }

        element.RetainedOptionBytes = statements.WrittenCount > 0 ? statements.WrittenSpan.ToArray() : null;
        file.HasRetainedForm = true;
        if (element.OptionBytes is null)
        {
            MarkAllGone(file, element);
        }
    }

    private static void MarkAllGone(FileSymbol file, Symbol element)
    {
        foreach (OptionSyntax option in element.OptionSyntax)
        {
            if (file.OptionPlaces.TryGetValue(option, out OptionPlace? place))
            {
                file.OptionPlaces[option] = place with { IsAllGone = true };
            }
        }
    }
}
