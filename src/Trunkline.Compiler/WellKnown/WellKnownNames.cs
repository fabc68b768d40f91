namespace Trunkline.Compiler.WellKnown;

/// <summary>Which carried file declares a type of <c>google.protobuf</c>, for the hint that names the missing import.</summary>
internal static class WellKnownNames
{
    private const string Package = "google.protobuf.";

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["Any"] = "any",
        ["Api"] = "api",
        ["Method"] = "api",
        ["Mixin"] = "api",
        ["Duration"] = "duration",
        ["Empty"] = "empty",
        ["FieldMask"] = "field_mask",
        ["SourceContext"] = "source_context",
        ["Struct"] = "struct",
        ["Value"] = "struct",
        ["ListValue"] = "struct",
        ["NullValue"] = "struct",
        ["Timestamp"] = "timestamp",
        ["Type"] = "type",
        ["Field"] = "type",
        ["Enum"] = "type",
        ["EnumValue"] = "type",
        ["Option"] = "type",
        ["Syntax"] = "type",
        ["DoubleValue"] = "wrappers",
        ["FloatValue"] = "wrappers",
        ["Int64Value"] = "wrappers",
        ["UInt64Value"] = "wrappers",
        ["Int32Value"] = "wrappers",
        ["UInt32Value"] = "wrappers",
        ["BoolValue"] = "wrappers",
        ["StringValue"] = "wrappers",
        ["BytesValue"] = "wrappers",
        ["FileOptions"] = "descriptor",
        ["MessageOptions"] = "descriptor",
        ["FieldOptions"] = "descriptor",
        ["OneofOptions"] = "descriptor",
        ["EnumOptions"] = "descriptor",
        ["EnumValueOptions"] = "descriptor",
        ["ServiceOptions"] = "descriptor",
        ["MethodOptions"] = "descriptor",
        ["ExtensionRangeOptions"] = "descriptor",
        ["FeatureSet"] = "descriptor",
        ["FileDescriptorSet"] = "descriptor",
        ["FileDescriptorProto"] = "descriptor",
        ["DescriptorProto"] = "descriptor",
        ["FieldDescriptorProto"] = "descriptor",
        ["OneofDescriptorProto"] = "descriptor",
        ["EnumDescriptorProto"] = "descriptor",
        ["EnumValueDescriptorProto"] = "descriptor",
        ["ServiceDescriptorProto"] = "descriptor",
        ["MethodDescriptorProto"] = "descriptor",
        ["Edition"] = "descriptor",
        ["UninterpretedOption"] = "descriptor",
        ["FeatureSetDefaults"] = "descriptor",
        ["SourceCodeInfo"] = "descriptor",
        ["GeneratedCodeInfo"] = "descriptor",
        ["SymbolVisibility"] = "descriptor",
    };

    /// <summary>The file to import for a type named in full; null for any other name.</summary>
    public static string? FileOf(string fullName)
        => fullName.StartsWith(Package, StringComparison.Ordinal) && Files.TryGetValue(fullName[Package.Length..], out string? file)
            ? $"google/protobuf/{file}.proto"
            : null;
}
