namespace Trunkline.Descriptors.Schemas;

/// <summary>The features that hold at one element: what it says itself, and for the rest what the element around it has, in the end the edition.</summary>
internal readonly record struct FeatureValues(
    FieldPresence Presence, EnumType Enums, RepeatedFieldEncoding Repeated, Utf8Validation Utf8, MessageEncoding Messages)
{
    private static readonly FeatureValues Proto2 = new(
        FieldPresence.Explicit, EnumType.Closed, RepeatedFieldEncoding.Expanded, Utf8Validation.None, MessageEncoding.LengthPrefixed);

    private static readonly FeatureValues Proto3 = new(
        FieldPresence.Implicit, EnumType.Open, RepeatedFieldEncoding.Packed, Utf8Validation.Verify, MessageEncoding.LengthPrefixed);

    // What 2023 settled has not been changed by a later edition.
    private static readonly FeatureValues Editions = Proto3 with { Presence = FieldPresence.Explicit };

    /// <summary>The features that a file starts from.</summary>
    public static FeatureValues Of(FileDescriptorProto file) => file.Syntax switch
    {
        null or "" or "proto2" => Proto2,
        "proto3" => Proto3,
        "editions" when file.Edition is >= Edition.Edition2023 => Editions,
        _ => throw new SchemaException(file.Name!, $"syntax \"{file.Syntax}\" (edition {file.Edition}) is not known."),
    };

    /// <summary>These features under what an element says; a value from a future that has more of them is as if it were not said.</summary>
    public FeatureValues With(FeatureSet? said) => said is null
        ? this
        : new FeatureValues(
            said.FieldPresence is { } presence and not FieldPresence.Unknown && Enum.IsDefined(presence) ? presence : Presence,
            said.EnumType is { } enums and not EnumType.Unknown && Enum.IsDefined(enums) ? enums : Enums,
            said.RepeatedFieldEncoding is { } repeated and not RepeatedFieldEncoding.Unknown && Enum.IsDefined(repeated) ? repeated : Repeated,
            said.Utf8Validation is { } utf8 and not Utf8Validation.Unknown && Enum.IsDefined(utf8) ? utf8 : Utf8,
            said.MessageEncoding is { } messages and not MessageEncoding.Unknown && Enum.IsDefined(messages) ? messages : Messages);
}
