using System.Text;
using Trunkline.Descriptors.Text;

namespace Trunkline.Descriptors;

/// <summary>The text form of messages, as protoc's <c>--decode</c> writes and <c>--encode</c> reads it.</summary>
public static class TextFormat
{
    /// <summary>The message in text form, one field on a line. Text outside ASCII is escaped; maps are in the order of their keys.</summary>
    /// <param name="message">The message.</param>
    /// <param name="expandAny">Whether a <c>google.protobuf.Any</c> whose type the registry knows is printed as that type.</param>
    /// <exception cref="InvalidOperationException">Messages lie more than 1,000 deep in each other, or inside themselves.</exception>
    public static string Print(DynamicMessage message, bool expandAny = false)
    {
        ArgumentNullException.ThrowIfNull(message);
        var output = new StringBuilder();
        new MessagePrinter(output, expandAny).Print(message);
        return output.ToString();
    }

    /// <summary>Bytes as they stand between the quotation marks of a literal: printable ASCII as it is, all else escaped as in C, by letter or in octal.</summary>
    /// <param name="bytes">The bytes, text or not.</param>
    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        var output = new StringBuilder(bytes.Length);
        TextEscapes.Escape(bytes, output);
        return output.ToString();
    }

    /// <summary>Reads a message from its text form.</summary>
    /// <exception cref="TextFormatException">The text is wrong.</exception>
    public static DynamicMessage Parse(MessageSchema schema, string text)
    {
        var message = new DynamicMessage(schema);
        return TryParse(Encoding.UTF8.GetBytes(text), message, out var problems) ? message : throw new TextFormatException(problems);
    }

    /// <summary>Reads a message from its text form into <paramref name="message"/>. Never throws for what the text contains.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="message">Takes the fields; after a failure it may be half read.</param>
    /// <param name="problems">The errors in the order they were met, and warnings among them.</param>
    /// <returns>Whether there was no error.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> text, DynamicMessage message, out IReadOnlyList<TextProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(message);
        var found = new List<TextProblem>();
        problems = found;
        return new TextParser(text, found).Parse(message);
    }
}
