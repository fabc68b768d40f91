using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>Tries everything that users do with a message on bytes, and notes what comes out.</summary>
internal sealed class MessageObserver
{
    private readonly MessageDescriptor _type;
    private readonly JsonFormats _formats;
    private readonly MessageParser _parser;
    private readonly MessageMembers _members;

    public MessageObserver(GeneratedTypes types, MessageDescriptor type)
    {
        _type = type;
        _formats = types.Formats;
        _parser = _type.Parser.WithExtensionRegistry(types.Extensions);
        _members = new MessageMembers(_type, types.ExtensionsOf(type));
    }

    /// <summary>The type as the code describes it.</summary>
    public MessageDescriptor Descriptor => _type;

    /// <summary>What the code does with bytes, and with those after others.</summary>
    public Observation Observe(byte[] bytes, byte[] others)
    {
        var seen = new Observation();
        IMessage? message = null;
        seen.Note("parse", () => (message = _parser.ParseFrom(bytes)).Descriptor.FullName);
        seen.Note("parse segments", () => _parser.ParseFrom(Split(bytes)).ToByteArray());
        seen.Note("parse stream", () => _parser.ParseFrom(new CodedInputStream(new MemoryStream(bytes))).ToByteArray());
        if (message is null)
        {
            return seen;
        }

        NoteForms(seen, message);
        NoteEquality(seen, message, bytes);
        NoteMerging(seen, message, others);
        _members.Note(seen, message);
        return seen;
    }

    /// <summary>Whether two messages are equal, which is the same both ways and agrees with their hashes, or what is wrong with it.</summary>
    public string Compare(byte[] left, byte[] right)
    {
        IMessage first = _parser.ParseFrom(left), second = _parser.ParseFrom(right);
        bool equal = first.Equals(second);
        if (equal != second.Equals(first))
        {
            return "equal one way only";
        }

        return equal && first.GetHashCode() != second.GetHashCode() ? "equal with different hashes" : equal ? "equal" : "different";
    }

    /// <summary>What the code writes of what it has read.</summary>
    public byte[] Canonical(byte[] bytes) => _parser.ParseFrom(bytes).ToByteArray();

    private void NoteForms(Observation seen, IMessage message)
    {
        seen.Note("bytes", message.ToByteArray);
        seen.Note("size", () => message.CalculateSize());
        seen.Note("bytes to buffer", () =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            message.WriteTo(buffer);
            return buffer.WrittenSpan.ToArray();
        });
        seen.NoteReflective("initialized", () => message.IsInitialized());
        seen.NoteReflective("text", message.ToString);
        seen.NoteReflective("JSON", () => _formats.Plain.Format(message));
        seen.NoteReflective("JSON with defaults", () => _formats.WithDefaults.Format(message));
        seen.NoteReflective("JSON with names and numbers of the file", () => _formats.InProtoWords.Format(message));
        seen.NoteReflective("back from JSON", () => _formats.Parser.Parse(_formats.Plain.Format(message), _type).ToByteArray());
    }

    private void NoteEquality(Observation seen, IMessage message, byte[] bytes)
    {
        seen.Note("equal to its like", () => Compare(bytes, bytes));
        seen.Note("not equal to null", () => !message.Equals(null));
        seen.Note("equal to its clone", () => message.Equals(_members.Clone(message)) && message.GetHashCode() == _members.Clone(message).GetHashCode());
        seen.Note("bytes of its clone", () => _members.Clone(message).ToByteArray());
    }

    private void NoteMerging(Observation seen, IMessage message, byte[] others)
    {
        byte[] before = message.ToByteArray();
        seen.Note("clone takes more bytes", () =>
        {
            IMessage clone = _members.Clone(message);
            clone.MergeFrom(others);
            return clone.ToByteArray();
        });
        seen.Note("message after its clone took more", () => message.ToByteArray().AsSpan().SequenceEqual(before));
        seen.Note("clone takes another message", () =>
        {
            IMessage clone = _members.Clone(message);
            IMessage other = _parser.ParseFrom(others);
            _members.Merge(clone, other);
            _members.Merge(clone, message);
            return clone.ToByteArray();
        });
        seen.Note("message after its clone took another", () => message.ToByteArray().AsSpan().SequenceEqual(before));
        seen.Note("without unknown fields", () => _parser.WithDiscardUnknownFields(true).ParseFrom(before).ToByteArray());
    }

    private static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        // Segments so short that every value of more than two bytes lies across a border.
        var first = new Segment(bytes.AsMemory(0, Math.Min(2, bytes.Length)), previous: null);
        Segment last = first;
        for (int at = 2; at < bytes.Length; at += 2)
        {
            last = new Segment(bytes.AsMemory(at, Math.Min(2, bytes.Length - at)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
