using System.Text;
using Trunkline.Rpc.Statuses;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// An answer without gRPC, such as a proxy's error page: its HTTP status decides (gRPC's HTTP to gRPC Status Code Mapping), and the beginning of its
/// body goes into the text.
/// </summary>
internal sealed class ForeignAnswer(int httpStatus, string? contentType)
{
    /// <summary>What is kept of the body, in bytes.</summary>
    private const int BodyPrefix = 1024;

    private readonly byte[] _body = new byte[BodyPrefix];
    private int _length;

    public int HttpStatus => httpStatus;

    public StatusCode Code => StatusMapping.FromHttp(httpStatus);

    /// <summary>Takes a piece of the body.</summary>
    /// <returns>True when enough is known.</returns>
    public bool Append(ReadOnlySpan<byte> data)
    {
        int count = Math.Min(data.Length, BodyPrefix - _length);
        data[..count].CopyTo(_body.AsSpan(_length));
        _length += count;
        return _length == BodyPrefix;
    }

    /// <summary>The text of the status.</summary>
    public string Describe()
    {
        var text = new StringBuilder($"The peer answered without gRPC: HTTP status {httpStatus}, ");
        text.Append(contentType is null ? "no content type" : $"content type \"{contentType}\"");
        if (_length > 0)
        {
            text.Append(", body \"").Append(Printable(Encoding.UTF8.GetString(_body, 0, _length))).Append('"');
        }

        return text.Append('.').ToString();
    }

    /// <summary>A page's line ends and control characters would break logs.</summary>
    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });
}
