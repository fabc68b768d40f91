namespace Trunkline.Fuzz.Running;

/// <summary>
/// Ends the process when an execution does not end: it must not block, so only an endless loop can last this long. Runs on a thread of its own, since
/// the pool's only thread is the one that hangs.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualResetEventSlim _over = new();
    private readonly Action<byte[]> _onHang;
    private byte[]? _current;

    /// <summary>Begins to watch.</summary>
    /// <param name="onHang">Saves the input; afterwards the process ends.</param>
    public Watchdog(Action<byte[]> onHang)
    {
        _onHang = onHang;
        new Thread(Watch) { IsBackground = true, Name = "fuzz watchdog" }.Start();
    }

    /// <summary>An execution begins.</summary>
    public void Enter(byte[] input) => Volatile.Write(ref _current, input);

    /// <summary>It has ended.</summary>
    public void Leave() => Volatile.Write(ref _current, null);

    public void Dispose() => _over.Set();

    private void Watch()
    {
        byte[]? before = null;
        while (!_over.Wait(Patience))
        {
            byte[]? now = Volatile.Read(ref _current);
            if (now is not null && ReferenceEquals(now, before))
            {
                _onHang(now);
                Environment.Exit(3);
            }

            before = now;
        }
    }
}
