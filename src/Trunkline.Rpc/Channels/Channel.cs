using System.Globalization;
using Microsoft.Extensions.Logging;
using Trunkline.Http2;
using Trunkline.Rpc;
using Trunkline.Rpc.Channels;
using Trunkline.Rpc.Deadlines;
using Trunkline.Rpc.Dispatching;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;

namespace Trunkline;

/// <summary>
/// A line to a server that makes its connection when it is needed and makes a new one when it is lost. One channel serves many clients and many
/// calls at once, from any thread; make it once and keep it.
/// </summary>
public sealed class Channel : ChannelBase, IDisposable, IAsyncDisposable
{
    private readonly CallInvoker _invoker;

    /// <summary>Makes a channel; it connects with the first call.</summary>
    /// <param name="target">
    /// <c>host:port</c>, <c>dns:///host:port</c>, <c>ipv4:1.2.3.4:5</c>, <c>ipv6:[::1]:5</c>, <c>unix:/path</c> or <c>unix-abstract:name</c>.
    /// </param>
    /// <param name="credentials">How connections are secured.</param>
    /// <param name="options">Settings and limits; the defaults where null.</param>
    /// <exception cref="ArgumentException">The target or an option is not usable; the message says why.</exception>
    public Channel(string target, ChannelCredentials credentials, ChannelOptions? options = null)
        : base(target)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        options ??= new ChannelOptions();
        ChannelTarget parsed = ChannelTarget.Parse(target);
        string authority = options.Authority ?? parsed.Authority;
        ILogger logger = options.LoggerFactory.CreateLogger("Trunkline.Channel");
        TimeProvider = options.TimeProvider;
        Deadlines = DeadlineTimer.For(TimeProvider);
        MaxReceiveMessageSize = options.MaxReceiveMessageSize ?? int.MaxValue;
        MaxSendMessageSize = options.MaxSendMessageSize ?? int.MaxValue;
        Compression = CompressionOf(options);
        RequestHeaders = new RequestHeaders(credentials is SslCredentials ? "https" : "http", authority, UserAgent.WithPrefix(options.UserAgent));

        // No call could take what a server pushes.
        Http2Options http2 = options.Http2 with
        {
            TimeProvider = TimeProvider,
            Logger = options.LoggerFactory.CreateLogger("Trunkline.Http2"),
            EnablePush = false,
        };
        Subchannel = new Subchannel(
            target,
            new Connector(DialersOf(parsed, credentials, authority, options), http2),
            new Backoff(options.InitialBackoff, options.MaxBackoff, Random.Shared.NextDouble),
            Completions,
            TimeProvider,
            logger);
        _invoker = new ChannelCallInvoker(this);
    }

    /// <summary>Makes a channel to a host and port.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="credentials">How connections are secured.</param>
    /// <param name="options">Settings and limits; the defaults where null.</param>
    public Channel(string host, int port, ChannelCredentials credentials, ChannelOptions? options = null)
        : this(Join(host, port), credentials, options)
    {
    }

    /// <summary>How the channel stands with its server.</summary>
    public ChannelState State => Subchannel.State;

    internal TimeProvider TimeProvider { get; }

    internal DeadlineTimer Deadlines { get; }

    internal WorkFan Completions { get; } = new();

    internal Subchannel Subchannel { get; }

    internal RequestHeaders RequestHeaders { get; }

    internal MessageCoding? Compression { get; }

    internal int MaxReceiveMessageSize { get; }

    internal int MaxSendMessageSize { get; }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => _invoker;

    /// <summary>Connects, if there is no connection, and waits until there is one.</summary>
    /// <param name="deadline">When to give up, in UTC; null for never.</param>
    /// <exception cref="TaskCanceledException">The deadline passed first.</exception>
    /// <exception cref="InvalidOperationException">The channel was closed.</exception>
    public async Task ConnectAsync(DateTime? deadline = null)
    {
        using CancellationTokenSource? timer = TimerFor(deadline);
        await ConnectAsync(timer?.Token ?? CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Connects, if there is no connection, and waits until there is one.</summary>
    /// <param name="cancellationToken">Ends the wait; the channel goes on connecting.</param>
    /// <exception cref="InvalidOperationException">The channel was closed.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ChannelState state = State;
            switch (state)
            {
                case ChannelState.Ready:
                    return;
                case ChannelState.Shutdown:
                    throw ThrowHelper.ChannelClosed(Target);
                case ChannelState.Idle:
                    Subchannel.RequestConnection();
                    break;
                default:
                    await WaitForStateChangedAsync(state, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Waits until the state is another one.</summary>
    /// <param name="lastObservedState">The state to leave.</param>
    /// <param name="deadline">When to give up, in UTC; null for never.</param>
    /// <exception cref="TaskCanceledException">The deadline passed first.</exception>
    public async Task WaitForStateChangedAsync(ChannelState lastObservedState, DateTime? deadline = null)
    {
        using CancellationTokenSource? timer = TimerFor(deadline);
        await WaitForStateChangedAsync(lastObservedState, timer?.Token ?? CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Waits until the state is another one.</summary>
    /// <param name="lastObservedState">The state to leave.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitForStateChangedAsync(ChannelState lastObservedState, CancellationToken cancellationToken) =>
        Subchannel.ChangedFrom(lastObservedState).WaitAsync(cancellationToken);

    /// <summary>Waits until the state is another one.</summary>
    /// <param name="lastObservedState">The state to leave.</param>
    /// <param name="deadline">When to give up, in UTC; null for never.</param>
    /// <returns>False when the deadline passed first.</returns>
    public async Task<bool> TryWaitForStateChangedAsync(ChannelState lastObservedState, DateTime? deadline = null)
    {
        Task changed = WaitForStateChangedAsync(lastObservedState, deadline);
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return changed.IsCompletedSuccessfully;
    }

    /// <summary>Closes the channel at once: open calls end CANCELLED.</summary>
    public void Dispose() => Subchannel.CloseAsync(abort: true).GetAwaiter().GetResult();

    /// <summary>Closes the channel at once: open calls end CANCELLED.</summary>
    public async ValueTask DisposeAsync() => await Subchannel.CloseAsync(abort: true).ConfigureAwait(false);

    /// <summary>Takes no new calls, lets the open ones finish, then closes.</summary>
    protected override Task ShutdownAsyncCore() => Subchannel.CloseAsync(abort: false);

    private static string Join(string host, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        bool isBareIPv6 = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[');
        return string.Create(CultureInfo.InvariantCulture, $"{(isBareIPv6 ? $"[{host}]" : host)}:{port}");
    }

    private static MessageCoding? CompressionOf(ChannelOptions options) => options.Compression is null or "identity"
        ? null
        : MessageCodings.Find(options.Compression)
            ?? throw new ArgumentException($"The compression \"{options.Compression}\" is not known; known are {MessageCodings.Names}.", nameof(options));

    private static IReadOnlyList<Dialer> DialersOf(ChannelTarget target, ChannelCredentials credentials, string authority, ChannelOptions options)
    {
        if (options.Dialer is { } dialer)
        {
            return [dialer];
        }

        if (credentials is not SslCredentials tls)
        {
            return target.Dialers;
        }

        return [.. target.Dialers.Select(below => new TlsDialer(below, TlsClientOptions.Create(tls, authority), timeProvider: options.TimeProvider))];
    }

    private CancellationTokenSource? TimerFor(DateTime? deadline)
    {
        if (deadline is not { } end || end == DateTime.MaxValue)
        {
            return null;
        }

        TimeSpan remaining = end.ToUniversalTime() - TimeProvider.GetUtcNow().UtcDateTime;
        return new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, TimeProvider);
    }
}
