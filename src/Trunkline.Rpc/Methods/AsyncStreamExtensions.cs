namespace Trunkline.Utils;

/// <summary>Reads and writes whole streams.</summary>
public static class AsyncStreamExtensions
{
    /// <summary>Reads the stream to its end and runs an action for each message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="streamReader">The stream.</param>
    /// <param name="asyncAction">Awaited before the next message is read.</param>
    public static async Task ForEachAsync<T>(this IAsyncStreamReader<T> streamReader, Func<T, Task> asyncAction)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        ArgumentNullException.ThrowIfNull(asyncAction);
        while (await streamReader.MoveNext().ConfigureAwait(false))
        {
            await asyncAction(streamReader.Current).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the stream to its end into a list.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="streamReader">The stream.</param>
    public static async Task<List<T>> ToListAsync<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        var result = new List<T>();
        while (await streamReader.MoveNext().ConfigureAwait(false))
        {
            result.Add(streamReader.Current);
        }

        return result;
    }

    /// <summary>Writes all requests, then half-closes.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="streamWriter">The stream.</param>
    /// <param name="elements">The requests.</param>
    /// <param name="complete">False to leave the stream open.</param>
    public static async Task WriteAllAsync<T>(this IClientStreamWriter<T> streamWriter, IEnumerable<T> elements, bool complete = true)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamWriter);
        ArgumentNullException.ThrowIfNull(elements);
        foreach (T element in elements)
        {
            await streamWriter.WriteAsync(element).ConfigureAwait(false);
        }

        if (complete)
        {
            await streamWriter.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Writes all responses.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="streamWriter">The stream.</param>
    /// <param name="elements">The responses.</param>
    public static async Task WriteAllAsync<T>(this IServerStreamWriter<T> streamWriter, IEnumerable<T> elements)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamWriter);
        ArgumentNullException.ThrowIfNull(elements);
        foreach (T element in elements)
        {
            await streamWriter.WriteAsync(element).ConfigureAwait(false);
        }
    }
}
