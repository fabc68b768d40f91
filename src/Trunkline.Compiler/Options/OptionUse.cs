using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>
/// Whether options may be used where they are: an option may say what it can be set on (<c>targets</c>) and in which editions (<c>feature_support</c>). That holds for
/// every field that is set, at any depth.
/// </summary>
internal sealed class OptionUse
{
    private readonly Symbol _element;
    private readonly string _kind;
    private readonly DiagnosticBag _diagnostics;

    private OptionUse(Symbol element, DiagnosticBag diagnostics)
    {
        _element = element;
        _kind = KindOf(element);
        _diagnostics = diagnostics;
    }

    public static void Check(OptionMessage options, Symbol element, DiagnosticBag diagnostics) => new OptionUse(element, diagnostics).Check(options);

    private void Check(OptionMessage message)
    {
        foreach (OptionEntry entry in message.Entries)
        {
            if (IsFeaturesOutsideEditions(message, entry.Field))
            {
                // That they are there at all is the fault.
                continue;
            }

            SourceSpan place = _element.File.Span(entry.Place);
            CheckTarget(entry.Field, place);
            CheckSupport(entry.Field.Support, entry.Field.FullName, place);
            foreach (OptionValue value in entry.Values)
            {
                if (value.Message is { } nested && entry.Field.MessageType is not null)
                {
                    Check(nested);
                }
                else if (entry.Field.EnumType?.FindValue(unchecked((int)value.Bits)) is { } named)
                {
                    CheckSupport(named.Support, named.FullName, place);
                }
            }
        }
    }

    private bool IsFeaturesOutsideEditions(OptionMessage message, FieldSymbol field)
        => _element.File.Level != SyntaxLevel.Editions && field.MessageType is { FullName: "google.protobuf.FeatureSet" } && message.FindMessage("features") is not null;

    private void CheckTarget(FieldSymbol option, SourceSpan place)
    {
        if (option.Targets.Count > 0 && !option.Targets.Contains("TARGET_TYPE_" + _kind.Replace(' ', '_').ToUpperInvariant(), StringComparer.Ordinal))
        {
            _diagnostics.Add(new OptionOnWrongElement(place, option.FullName, _kind));
        }
    }

    private void CheckSupport(FeatureSupport? support, string name, SourceSpan place)
    {
        if (support is null)
        {
            return;
        }

        Edition edition = _element.File.Edition;
        if (support.EditionIntroduced > edition)
        {
            _diagnostics.Add(new OptionNotIntroduced(place, name, EditionNames.NameOf(support.EditionIntroduced.Value), EditionNames.NameOf(edition)));
        }
        else if (support.EditionRemoved <= edition)
        {
            _diagnostics.Add(new OptionRemoved(place, name, EditionNames.NameOf(support.EditionRemoved.Value), support.RemovalError));
        }
        else if (support.EditionDeprecated <= edition)
        {
            _diagnostics.Add(new OptionDeprecated(place, name, EditionNames.NameOf(support.EditionDeprecated.Value), support.DeprecationWarning));
        }
    }

    private static string KindOf(Symbol element) => element switch
    {
        FileOptionsHolder => "file",
        ExtensionRangeSymbol => "extension range",
        MessageSymbol => "message",
        FieldSymbol => "field",
        OneofSymbol => "oneof",
        EnumSymbol => "enum",
        EnumValueSymbol => "enum entry",
        ServiceSymbol => "service",
        _ => "method",
    };
}
