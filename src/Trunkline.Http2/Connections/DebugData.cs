using System.Text;

namespace Trunkline.Http2.Connections;

/// <summary>The free text of GOAWAY (RFC 9113 6.8): what this side sends, and the peer's made harmless for logs and messages.</summary>
internal static class DebugData
{
    /// <summary>Longer text is cut, in bytes, both ways.</summary>
    public const int MaxLength = 512;

    /// <summary>What this side tells the peer about an error.</summary>
    public static ReadOnlySpan<byte> Encode(in Http2Error error)
    {
        if (error.Code == Http2ErrorCode.NoError || error.Reason is null)
        {
            return default;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(error.Reason);
        return bytes.AsSpan(0, Math.Min(bytes.Length, MaxLength));
    }

    /// <summary>What the peer said, printable: control characters become dots.</summary>
    public static string Decode(ReadOnlySpan<byte> debugData)
    {
        string text = Encoding.UTF8.GetString(debugData[..Math.Min(debugData.Length, MaxLength)]);
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '.' : source[i];
            }
        });
    }
}
