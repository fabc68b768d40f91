namespace Trunkline.Architecture.Tests.Walls;

/// <summary>The rooms of Trunkline.Build.</summary>
internal static class BuildRooms
{
    public static readonly Rooms Rooms = new(
        "Trunkline.Build",
        InnermostFirst: ["Items", "Reports", "States", "Outputs", "Compilations", "Generations", "Builds"],
        Beside: [],
        Allowed:
        [
            new("States", "Items", "paths and lists are written and compared as those of items are"),
            new("States", "Reports", "warnings are kept, to be reported again"),
            new("Outputs", "States", "a file that was written is noted with its size and time"),
            new("Compilations", "Items", "the files of items are compiled"),
            new("Compilations", "Reports", "what the compiler finds is reported"),
            new("Compilations", "States", "what was read is noted for the next build"),
            new("Generations", "Items", "items say which code is wanted and where"),
            new("Generations", "Reports", "what a generator refuses is reported"),
            new("Generations", "Compilations", "code is generated from a compilation"),
            new("Builds", "Items", "a build is made of items"),
            new("Builds", "Reports", "a build reports"),
            new("Builds", "States", "a build compares itself with the last one"),
            new("Builds", "Outputs", "a build writes what differs"),
            new("Builds", "Compilations", "a build compiles"),
            new("Builds", "Generations", "a build generates"),
        ],
        Pairs: []);
}
