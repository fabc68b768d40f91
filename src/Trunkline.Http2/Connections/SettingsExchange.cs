using Trunkline.Http2.Frames;

namespace Trunkline.Http2.Connections;

/// <summary>
/// The exchange of SETTINGS (RFC 9113 6.5): sends this side's, waits for the acknowledgement, and applies the peer's. This side's change once at most:
/// a client may switch push off. Owned by the read loop but for what says otherwise.
/// </summary>
internal sealed class SettingsExchange(ConnectionCore core, bool isServer) : IDisposable
{
    private readonly Lock _acknowledgementLock = new();

    // Guarded by _acknowledgementLock; the counts are read without it.
    private ITimer? _acknowledgementTimer;
    private int _sent;
    private int _acknowledged;

    private int _isFirstSent;
    private bool _noRfc7540Priorities;
    private bool _connectProtocol;

    /// <summary>Whether the peer's first SETTINGS have come.</summary>
    public bool IsFirstReceived { get; private set; }

    /// <summary>Whether the peer has acknowledged this side's settings.</summary>
    public bool IsAcknowledged => Volatile.Read(ref _acknowledged) > 0;

    /// <summary>Whether an acknowledgement is still to come.</summary>
    public bool IsAcknowledgementDue => Volatile.Read(ref _acknowledged) < Volatile.Read(ref _sent);

    /// <summary>On a client: whether it has told the server not to push.</summary>
    public bool IsPushOff => Volatile.Read(ref _sent) >= PushOff;

    /// <summary>On a client: whether the server has taken that in.</summary>
    public bool IsPushOffAcknowledged => Volatile.Read(ref _acknowledged) >= PushOff;

    // Which of this side's SETTINGS says ENABLE_PUSH 0: the first or the second.
    private int PushOff => core.Options.EnablePush ? 2 : 1;

    /// <summary>The receive window of new streams, in bytes: until the peer has acknowledged a lower one it may use the protocol's first.</summary>
    public int StreamWindow => IsAcknowledged
        ? core.Options.InitialStreamWindow
        : Math.Max(core.Options.InitialStreamWindow, FlowControl.Window.InitialSize);

    /// <summary>Whether the peer has said that it means nothing by RFC 7540 priorities (RFC 9218 2.1).</summary>
    public bool PeerUsesNoWeights => Volatile.Read(ref _noRfc7540Priorities);

    /// <summary>
    /// Whether a client may send PRIORITY_UPDATE: until the server's first SETTINGS, and then if they say that RFC 7540 priorities are not used; other
    /// servers are likely to ignore the frame (RFC 9218 2.1.1).
    /// </summary>
    public bool MaySendPriorityUpdate => !IsFirstReceived || PeerUsesNoWeights;

    /// <summary>The bound of the decoder's table before the acknowledgement, in bytes.</summary>
    public int FirstTableSize => Math.Max(core.Options.HeaderTableSize, Hpack.HpackEncoder.InitialTableSize);

    /// <summary>
    /// Sends this side's settings, unless they have gone, and waits for their acknowledgement in the background. A client's leave at once; so do a
    /// server's where TLS has agreed on <c>h2</c>. In cleartext they wait for the client's first bytes, which may turn out not to be HTTP/2.
    /// </summary>
    public void SendFirst()
    {
        if (Interlocked.Exchange(ref _isFirstSent, 1) == 1)
        {
            return;
        }

        Http2Options options = core.Options;
        List<Setting> settings =
        [
            new(SettingId.InitialWindowSize, (uint)options.InitialStreamWindow),
            new(SettingId.MaxHeaderListSize, (uint)options.MaxHeaderListSize),
        ];
        if (options.HeaderTableSize != Hpack.HpackEncoder.InitialTableSize)
        {
            settings.Add(new(SettingId.HeaderTableSize, (uint)options.HeaderTableSize));
        }

        if (isServer)
        {
            settings.Add(new(SettingId.MaxConcurrentStreams, (uint)options.MaxConcurrentStreams));

            // The deprecated tree is not built (RFC 9218 2.1).
            settings.Add(new(SettingId.NoRfc7540Priorities, 1));
        }
        else
        {
            settings.Add(new(SettingId.EnablePush, options.EnablePush ? 1u : 0u));
            if (options.EnablePush)
            {
                // What a server may open are pushes alone (RFC 9113 8.4).
                settings.Add(new(SettingId.MaxConcurrentStreams, (uint)options.MaxConcurrentStreams));
            }
        }

        lock (_acknowledgementLock)
        {
            _sent = 1;
            _acknowledgementTimer = options.TimeProvider.CreateTimer(
                static state => ((SettingsExchange)state!).OnTimeout(), this, options.SettingsTimeout, Timeout.InfiniteTimeSpan);
        }

        int credit = options.ConnectionWindow - FlowControl.Window.InitialSize;
        core.Output.WritePreface(!isServer, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(settings), credit);
    }

    /// <summary>Tells the server to push nothing more, unless it has been told. The first SETTINGS have gone before.</summary>
    public void SwitchPushOff()
    {
        lock (_acknowledgementLock)
        {
            if (IsPushOff)
            {
                return;
            }

            _sent++;
            _acknowledgementTimer?.Change(core.Options.SettingsTimeout, Timeout.InfiniteTimeSpan);
        }

        core.Output.WriteSettings([new Setting(SettingId.EnablePush, 0)]);
    }

    /// <summary>SETTINGS came.</summary>
    public Http2Error Receive(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.IsAck)
        {
            return ReceiveAcknowledgement();
        }

        var frame = new SettingsFrame(payload);
        if (frame.Count > core.Options.Limits.MaxSettingsPerFrame)
        {
            return Http2Error.Connection(
                Http2ErrorCode.EnhanceYourCalm,
                $"a SETTINGS frame has {frame.Count} entries, more than {core.Options.Limits.MaxSettingsPerFrame} (Http2Limits.{nameof(Http2Limits.MaxSettingsPerFrame)})");
        }

        for (int i = 0; i < frame.Count; i++)
        {
            Http2Error error = Check(frame[i]);
            if (!error.IsNone)
            {
                return error;
            }
        }

        Http2Error applied = core.Output.ApplySettings(frame);
        if (applied.IsNone && !IsFirstReceived)
        {
            IsFirstReceived = true;
            core.NoteStarted();
        }

        return applied;
    }

    public void Dispose()
    {
        lock (_acknowledgementLock)
        {
            _acknowledgementTimer?.Dispose();
        }
    }

    private Http2Error Check(Setting setting)
    {
        Http2Error error = setting.Check(fromServer: !isServer);
        if (!error.IsNone)
        {
            return error;
        }

        switch (setting.Id)
        {
            case SettingId.MaxConcurrentStreams:
                core.Side.SetMaxConcurrentStreams(setting.Value);
                return Http2Error.None;
            case SettingId.EnablePush:
                core.Side.SetPushEnabled(setting.Value == 1);
                return Http2Error.None;
            case SettingId.EnableConnectProtocol:
                return CheckConnectProtocol(setting.Value == 1);
            case SettingId.NoRfc7540Priorities:
                return CheckPriorities(setting.Value == 1);
            default:
                return Http2Error.None;
        }
    }

    // RFC 8441 3: once offered, it cannot be taken back.
    private Http2Error CheckConnectProtocol(bool value)
    {
        if (_connectProtocol && !value)
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, "SETTINGS_ENABLE_CONNECT_PROTOCOL went back from 1 to 0 (RFC 8441 3)");
        }

        _connectProtocol = value;
        return Http2Error.None;
    }

    // RFC 9218 2.1: the first SETTINGS decide.
    private Http2Error CheckPriorities(bool value)
    {
        if (IsFirstReceived && value != _noRfc7540Priorities)
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, "SETTINGS_NO_RFC7540_PRIORITIES changed after the first SETTINGS (RFC 9218 2.1)");
        }

        Volatile.Write(ref _noRfc7540Priorities, value);
        return Http2Error.None;
    }

    // One that nobody asked for changes nothing; RFC 9113 does not forbid it.
    private Http2Error ReceiveAcknowledgement()
    {
        lock (_acknowledgementLock)
        {
            if (!IsAcknowledgementDue)
            {
                return Http2Error.None;
            }

            _acknowledged++;
            _acknowledgementTimer?.Change(IsAcknowledgementDue ? core.Options.SettingsTimeout : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (_acknowledged == 1)
        {
            core.OnSettingsAcknowledged();
        }

        return Http2Error.None;
    }

    private void OnTimeout() =>
        core.Fail(Http2Error.Connection(
            Http2ErrorCode.SettingsTimeout,
            $"SETTINGS were not acknowledged within {core.Options.SettingsTimeout.TotalSeconds} s (RFC 9113 6.5.3)"));
}
