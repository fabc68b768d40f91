namespace Trunkline.Architecture.Tests.Walls;

/// <summary>The projects whose rooms have walls.</summary>
internal static class AllRooms
{
    public static readonly Rooms[] Projects = [Http2Rooms.Rooms, RpcRooms.Rooms, DescriptorsRooms.Rooms, CompilerRooms.Rooms, BuildRooms.Rooms];

    public static Rooms Of(string project) => Projects.Single(rooms => rooms.Project == project);
}
