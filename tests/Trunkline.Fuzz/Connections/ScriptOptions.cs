using Microsoft.Extensions.Logging;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>The options of a connection under fuzz: mostly those of everyday, here and there at an edge.</summary>
internal static class ScriptOptions
{
    public static Http2Options Read(InputReader input, TimeProvider time, ILogger logger)
    {
        byte windows = input.Byte();
        byte tables = input.Byte();
        byte lists = input.Byte();
        return new Http2Options
        {
            InitialStreamWindow = Choose(windows, 1_048_576, 65_535, 100, 0),
            ConnectionWindow = Choose(windows >> 2, 4_194_304, 65_535, 65_535, 100_000),
            OutputHighWaterMark = Choose(windows >> 4, 131_072, 131_072, 4096, 1),
            HeaderTableSize = Choose(tables, 4096, 4096, 100, 0),
            MaxEncoderTableSize = Choose(tables >> 2, 4096, 65_536, 200, 0),
            MaxConcurrentStreams = Choose(tables >> 4, 256, 256, 3, 1),
            MaxHeaderListSize = Choose(lists, 16_384, 16_384, 400, 100),
            KeepAliveInterval = (lists & 4) == 0 ? null : TimeSpan.FromSeconds(10),
            KeepAliveWithoutStreams = (lists & 8) != 0,
            EnablePush = (lists & 0x10) != 0,
            SchedulesByPriority = (lists & 0x60) != 0x60,
            TimeProvider = time,
            Logger = logger,
        };
    }

    private static int Choose(int choice, int first, int second, int third, int fourth) => (choice & 3) switch { 0 => first, 1 => second, 2 => third, _ => fourth };
}
