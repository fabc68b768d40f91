using Google.Protobuf;

namespace Trunkline.Interop.Clients;

/// <summary>A case did not come out as it must; the message says what was expected and what came.</summary>
internal sealed class CaseFailedException(string message) : Exception(message);

/// <summary>What a case checks.</summary>
internal static class Expect
{
    public static void Equal<T>(string what, T wanted, T got)
    {
        if (!EqualityComparer<T>.Default.Equals(wanted, got))
        {
            throw new CaseFailedException($"{what}: expected {Show(wanted)}, got {Show(got)}");
        }
    }

    public static void Body(string what, int size, Payload? payload)
    {
        ByteString body = payload?.Body ?? ByteString.Empty;
        Equal($"bytes in the body of {what}", size, body.Length);
        if (!Payloads.IsZeros(body))
        {
            throw new CaseFailedException($"the body of {what}: expected zeros, got something else among its {size} bytes");
        }
    }

    /// <summary>A call must end with a status; the message is compared where one is given.</summary>
    public static async Task EndsAsync(StatusCode code, Func<Task> call, string? message = null)
    {
        try
        {
            await call();
        }
        catch (RpcException exception)
        {
            Equal("the status code", code, exception.StatusCode);
            Equal("the status message", message ?? exception.Status.Detail, exception.Status.Detail);
            return;
        }

        throw new CaseFailedException($"the status code: expected {code}, got OK with a response");
    }

    private static string Show<T>(T value) => value is string text ? $"\"{text}\"" : $"{value}";
}
