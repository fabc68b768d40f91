using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;

namespace Trunkline.LoadContract;

/// <summary>
/// The two processes of a measurement, driven line by line over standard input and output. Both answer <c>usage</c>; the client answers
/// <c>run WORK SECONDS</c>. The end of the input ends the process.
/// </summary>
public static class Roles
{
    /// <summary>Says which port the started server listens on, then answers until the input ends.</summary>
    public static async Task ServeAsync(int port)
    {
        Say($"port {port}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            Say($"usage {ProcessUsage.Now}");
        }
    }

    /// <summary>Runs work as it is asked for, until the input ends.</summary>
    public static async Task CallAsync(ILoadClient client)
    {
        Say("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var work = Work.ByName(words[1]);
            var length = TimeSpan.FromSeconds(double.Parse(words[2], CultureInfo.InvariantCulture));
            var usage = ProcessUsage.Now;
            var began = Stopwatch.GetTimestamp();
            var count = await RunAsync(client, work, new RoundClock(length));
            var elapsed = Stopwatch.GetElapsedTime(began);
            Say(string.Create(CultureInfo.InvariantCulture, $"done {count} {elapsed.Ticks} {ProcessUsage.Now - usage}"));
        }
    }

    private static async Task<long> RunAsync(ILoadClient client, Work work, RoundClock clock)
    {
        var workers = Enumerable.Range(1, work.Workers).Select(number => Task.Run(() => work.Kind switch
        {
            WorkKind.Echo => client.EchoAsync(NewItem(work, number), clock),
            WorkKind.PingPong => client.PingPongAsync(NewItem(work, number), clock),
            _ => client.PourAsync(new PourRequest { Count = Work.MessagesPerPour }, clock),
        }));
        return (await Task.WhenAll(workers)).Sum();
    }

    private static Item NewItem(Work work, int number) => new() { Number = number, Body = ByteString.CopyFrom(new byte[work.BodySize]) };

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
