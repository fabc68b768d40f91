using System.Globalization;
using System.Text;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Streams;

namespace Trunkline.Http2.Diagnostics;

/// <summary>The words of a frame trace, for frames whose length fits their type (<see cref="FrameRules"/>).</summary>
internal static class FrameText
{
    private const int LongestText = 512;

    /// <summary>Whether a field's value is a credential.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("authorization"u8) || name.SequenceEqual("proxy-authorization"u8) || name.SequenceEqual("cookie"u8) || name.SequenceEqual("set-cookie"u8);

    /// <summary>Bytes as text, with everything unprintable escaped.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte octet in bytes[..Math.Min(bytes.Length, LongestText)])
        {
            if (octet is >= 0x20 and < 0x7F)
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
            }
        }

        return bytes.Length > LongestText ? $"{text}... ({bytes.Length} bytes)" : text.ToString();
    }

    /// <summary>The flags that the type defines.</summary>
    public static string Flags(in FrameHeader header)
    {
        var text = new StringBuilder();
        switch (header.Type)
        {
            case FrameType.Settings or FrameType.Ping:
                Add(header, FrameFlags.Ack, "ACK");
                break;
            case FrameType.Data or FrameType.Headers or FrameType.PushPromise or FrameType.Continuation:
                if (header.Type is FrameType.Data or FrameType.Headers)
                {
                    Add(header, FrameFlags.EndStream, "END_STREAM");
                }

                Add(header, FrameFlags.EndHeaders, "END_HEADERS");
                Add(header, FrameFlags.Padded, "PADDED");
                Add(header, FrameFlags.Priority, "PRIORITY");
                break;
        }

        return text.ToString();

        void Add(in FrameHeader header, FrameFlags flag, string name)
        {
            if (header.Has(flag))
            {
                text.Append(", ").Append(name);
            }
        }
    }

    /// <summary>What the payload says, but for data and header blocks.</summary>
    public static string Content(in FrameHeader header, ReadOnlySpan<byte> payload) => header.Type switch
    {
        FrameType.Settings => Settings(payload),
        FrameType.RstStream => $": {RstStreamFrame.Parse(payload).ToSpecName()}",
        FrameType.Ping => $": {Convert.ToHexStringLower(payload)}",
        FrameType.GoAway => GoAway(payload),
        FrameType.WindowUpdate => $": +{Increment(header, payload)}",
        FrameType.Priority => Priority(PriorityFields.Read(payload)),
        FrameType.PushPromise when PushPromiseFrame.Parse(header, payload, out PushPromiseFrame frame).IsNone => $": promises stream {frame.Promised}",
        FrameType.PriorityUpdate when PriorityUpdateFrame.Parse(payload, out PriorityUpdateFrame frame).IsNone =>
            $": stream {frame.Prioritized}, \"{Printable(frame.FieldValue)}\"",
        FrameType.Data or FrameType.Headers or FrameType.Continuation => "",
        _ => payload.IsEmpty ? "" : $": {Printable(payload)}",
    };

    /// <summary>What the frame does to states and windows.</summary>
    public static string Effect(TracedConnection connection, bool isSent, in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        bool endStream = header.IsEndStream;
        switch (header.Type)
        {
            case FrameType.Data:
                return connection.TakeData(header.StreamId, header.Length, isSent)
                    + connection.Change(header.StreamId, (ref StreamState state) => isSent ? state.SendData(endStream) : state.ReceiveData(endStream));
            case FrameType.Headers:
                return connection.Change(header.StreamId, (ref StreamState state) => isSent ? state.SendHeaders(endStream) : state.ReceiveHeaders(endStream));
            case FrameType.RstStream:
                Http2ErrorCode code = RstStreamFrame.Parse(payload);
                return connection.Change(header.StreamId, (ref StreamState state) => isSent ? state.SendReset(code) : state.ReceiveReset(code));
            case FrameType.PushPromise when PushPromiseFrame.Parse(header, payload, out PushPromiseFrame frame).IsNone:
                return connection.Change(frame.Promised, (ref StreamState state) => isSent ? state.ReserveLocal() : state.ReserveRemote());
            case FrameType.WindowUpdate:
                return connection.Grow(header.StreamId, Increment(header, payload), isSent);
            case FrameType.Settings when header.IsAck:
                return isSent ? "; theirs are in force" : "; ours are in force" + connection.TakeOurSettings();
            case FrameType.Settings:
                return SettingsEffect(connection, isSent, payload);
            default:
                return "";
        }
    }

    /// <summary>The piece of a header block that a frame carries.</summary>
    public static ReadOnlySpan<byte> Fragment(in FrameHeader header, ReadOnlySpan<byte> payload, out bool begins, out bool isBlock)
    {
        begins = isBlock = true;
        switch (header.Type)
        {
            case FrameType.Headers when HeadersFrame.Parse(header, payload, out HeadersFrame headers).IsNone:
                return headers.Fragment;
            case FrameType.PushPromise when PushPromiseFrame.Parse(header, payload, out PushPromiseFrame promise).IsNone:
                return promise.Fragment;
            case FrameType.Continuation:
                begins = false;
                return payload;
            default:
                isBlock = false;
                return default;
        }
    }

    private static int Increment(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        // An increment of 0 breaks a rule; it is shown all the same.
        _ = WindowUpdateFrame.Parse(header, payload, out int increment);
        return increment;
    }

    private static string Settings(ReadOnlySpan<byte> payload)
    {
        var text = new StringBuilder();
        for (; payload.Length >= Setting.Size; payload = payload[Setting.Size..])
        {
            var setting = Setting.Read(payload);
            text.Append(text.Length == 0 ? ": " : ", ").Append(CultureInfo.InvariantCulture, $"{Name(setting.Id)} {setting.Value}");
        }

        return text.ToString();
    }

    private static string SettingsEffect(TracedConnection connection, bool isSent, ReadOnlySpan<byte> payload)
    {
        string effect = "";
        for (; payload.Length >= Setting.Size; payload = payload[Setting.Size..])
        {
            effect += connection.Apply(Setting.Read(payload), isSent);
        }

        return effect;
    }

    private static string Name(SettingId id) => id switch
    {
        SettingId.HeaderTableSize => "HEADER_TABLE_SIZE",
        SettingId.EnablePush => "ENABLE_PUSH",
        SettingId.MaxConcurrentStreams => "MAX_CONCURRENT_STREAMS",
        SettingId.InitialWindowSize => "INITIAL_WINDOW_SIZE",
        SettingId.MaxFrameSize => "MAX_FRAME_SIZE",
        SettingId.MaxHeaderListSize => "MAX_HEADER_LIST_SIZE",
        SettingId.EnableConnectProtocol => "ENABLE_CONNECT_PROTOCOL",
        SettingId.NoRfc7540Priorities => "NO_RFC7540_PRIORITIES",
        _ => $"0x{(ushort)id:x}",
    };

    private static string Priority(PriorityFields fields) =>
        $": depends on stream {fields.Dependency}{(fields.IsExclusive ? " alone" : "")}, weight {fields.Weight}";

    private static string GoAway(ReadOnlySpan<byte> payload)
    {
        GoAwayFrame frame = GoAwayFrame.Parse(payload);
        string debug = frame.DebugData.IsEmpty ? "" : $", \"{Printable(frame.DebugData)}\"";
        return $": {frame.Code.ToSpecName()}, last stream {frame.LastStreamId}{debug}";
    }
}
