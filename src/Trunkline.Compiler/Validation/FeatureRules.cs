using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Features are for editions, have values that mean something, and are set on fields that they can say something about.</summary>
internal static class FeatureRules
{
    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (file.SetsFeatures)
        {
            foreach (Symbol element in file.AllElements())
            {
                CheckOwn(element, diagnostics);
            }
        }

        if (file.Level != SyntaxLevel.Editions)
        {
            return;
        }

        if (file.Options.OwnFeatures?.FieldPresence == FieldPresence.LegacyRequired)
        {
            diagnostics.Add(new RequiredByDefault(PlaceOf(file.Options)));
        }

        foreach (FieldSymbol field in file.AllFields())
        {
            CheckField(field, diagnostics);
            if (field is { OwnFeatures: { } features, ContainingType: not { IsMapEntry: true } })
            {
                CheckPresence(field, features, diagnostics);
                CheckEncoding(field, features, diagnostics);
            }
        }
    }

    private static void CheckOwn(Symbol element, DiagnosticBag diagnostics)
    {
        if (element.OwnFeatures is not { } features || element is FieldSymbol { ContainingType: { IsMapEntry: true } })
        {
            return;
        }

        if (element.File.Level != SyntaxLevel.Editions)
        {
            diagnostics.Add(new FeaturesOutsideEditions(PlaceOf(element)));
            return;
        }

        if (UnknownValue(features) is ({ } feature, { } value))
        {
            diagnostics.Add(new FeatureUnknownValue(PlaceOf(element), feature, value));
        }
    }

    private static (string? Feature, string? Value) UnknownValue(FeatureSet features) => features switch
    {
        { FieldPresence: FieldPresence.Unknown } => ("field_presence", "FIELD_PRESENCE_UNKNOWN"),
        { EnumType: EnumType.Unknown } => ("enum_type", "ENUM_TYPE_UNKNOWN"),
        { RepeatedFieldEncoding: RepeatedFieldEncoding.Unknown } => ("repeated_field_encoding", "REPEATED_FIELD_ENCODING_UNKNOWN"),
        { Utf8Validation: Utf8Validation.Unknown } => ("utf8_validation", "UTF8_VALIDATION_UNKNOWN"),
        { MessageEncoding: MessageEncoding.Unknown } => ("message_encoding", "MESSAGE_ENCODING_UNKNOWN"),
        { JsonFormat: JsonFormat.Unknown } => ("json_format", "JSON_FORMAT_UNKNOWN"),
        { EnforceNamingStyle: EnforceNamingStyle.Unknown } => ("enforce_naming_style", "ENFORCE_NAMING_STYLE_UNKNOWN"),
        { DefaultSymbolVisibility: DefaultSymbolVisibility.Unknown }
            => ("default_symbol_visibility", "VisibilityFeature::DEFAULT_SYMBOL_VISIBILITY_UNKNOWN"),
        _ => (null, null),
    };

    /// <summary>What follows from features wherever they were set.</summary>
    private static void CheckField(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (field.IsRepeated || field.HasPresence)
        {
            return;
        }

        if (field.DefaultSyntax is not null)
        {
            diagnostics.Add(new ImplicitDefault(field.NameSpan));
        }

        if (field.EnumType is { IsClosed: true } && field.ContainingType is not { IsMapEntry: true })
        {
            diagnostics.Add(new ImplicitClosedEnum(field.NameSpan));
        }
    }

    private static void CheckPresence(FieldSymbol field, FeatureSet features, DiagnosticBag diagnostics)
    {
        if (features.FieldPresence is not { } presence)
        {
            return;
        }

        string? kind = field.OneofIndex is not null ? "Oneof fields" : field.IsRepeated ? "Repeated fields" : field.IsExtension ? "Extensions" : null;
        if (kind is not null)
        {
            diagnostics.Add(new PresenceNotAllowed(field.NameSpan, kind));
        }
        else if (presence == FieldPresence.Implicit && field.MessageType is not null)
        {
            diagnostics.Add(new ImplicitMessage(field.NameSpan));
        }
    }

    private static void CheckEncoding(FieldSymbol field, FeatureSet features, DiagnosticBag diagnostics)
    {
        if (features.RepeatedFieldEncoding is not null && !field.IsRepeated)
        {
            diagnostics.Add(new EncodingOfSingular(field.NameSpan));
        }

        if (features.RepeatedFieldEncoding == RepeatedFieldEncoding.Packed && !field.IsPackable)
        {
            diagnostics.Add(new PackedEncodingNotAllowed(field.NameSpan));
        }

        bool hasText = field.Type == FieldType.String || (field.IsMap && field.MessageType!.Fields.Exists(part => part.Type == FieldType.String));
        if (features.Utf8Validation is not null && !hasText)
        {
            diagnostics.Add(new Utf8OfOther(field.NameSpan));
        }

        if (features.MessageEncoding is not null && (field.Type != FieldType.Message || field.IsMap))
        {
            diagnostics.Add(new MessageEncodingOfOther(field.NameSpan));
        }
    }

    /// <summary>A file has no name to point at, so its first statement stands for it.</summary>
    private static SourceSpan PlaceOf(Symbol element)
        => element is FileOptionsHolder ? element.File.Syntax.Span(0) : element.NameSpan;
}
