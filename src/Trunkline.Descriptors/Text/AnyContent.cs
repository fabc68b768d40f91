using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Trunkline.Descriptors.Text;

/// <summary>What <c>google.protobuf.Any</c> holds.</summary>
internal static class AnyContent
{
    private const string TypeName = "google.protobuf.Any";

    /// <summary>The two fields of an Any; false when the message is none.</summary>
    public static bool TryFindFields(MessageSchema schema, [NotNullWhen(true)] out FieldSchema? url, [NotNullWhen(true)] out FieldSchema? value)
    {
        (url, value) = schema.FullName == TypeName ? (schema.FindField(1), schema.FindField(2)) : (null, null);
        return url is { Kind: FieldValueKind.String, IsRepeated: false } && value is { Kind: FieldValueKind.Bytes, IsRepeated: false };
    }

    /// <summary>The message in an Any; false when the message is none, its type is not known, or its bytes are broken: it is then shown as it is.</summary>
    public static bool TryRead(DynamicMessage message, [NotNullWhen(true)] out string? url, [NotNullWhen(true)] out DynamicMessage? content)
    {
        (url, content) = (null, null);
        if (!TryFindFields(message.Schema, out var urlField, out var valueField))
        {
            return false;
        }

        url = Encoding.UTF8.GetString(message.Get(urlField).RawBytes);
        if (FindType(message.Schema.Registry, url) is not { } type)
        {
            return false;
        }

        try
        {
            content = DynamicMessage.Read(type, message.Get(valueField).RawBytes);
            return true;
        }
        catch (DescriptorFormatException)
        {
            // Not a message of that type: the caller shows the bytes.
            return false;
        }
    }

    /// <summary>The type that the last part of a URL names, or null.</summary>
    public static MessageSchema? FindType(SchemaRegistry registry, string url)
        => url.LastIndexOf('/') is > 0 and var slash ? registry.FindMessage(url[(slash + 1)..]) : null;
}
