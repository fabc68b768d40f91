using Trunkline.Architecture.Tests.Assemblies;
using Trunkline.Architecture.Tests.Walls;

namespace Trunkline.Architecture.Tests;

/// <summary>Inside a project a room refers only to the rooms that its list names.</summary>
public sealed class RoomTests
{
    public static TheoryData<string> ProjectNames => [.. AllRooms.Projects.Select(rooms => rooms.Project)];

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Room_refers_only_to_rooms_that_the_list_allows(string project)
    {
        var rooms = AllRooms.Of(project);
        var assembly = CompiledAssembly.OfProject(project);
        var breaches =
            from use in assembly.Uses
            let home = assembly.HomeOf(use)
            where home is not null && !IsOpenToAll(use.User) && !IsOpenToAll(home) && !rooms.Allows(use.User.Room, home.Room)
            group use by (use.User, home) into pair
            let user = pair.Key.User
            select $"  {user.Files[0]}: {user.Name} uses {pair.Key.home.Files[0]} ({string.Join(", ", pair.Select(use => use.ToString()).Distinct(StringComparer.Ordinal).Take(3))}); "
                + $"{user.Room}/ may use {rooms.AllowedFrom(user.Room)}";

        AssertNone(
            breaches,
            $"In {project} a room reaches through a wall. Move the type to the room that owns its topic, or hand the inner room a value or an interface; if the wall "
            + "stands in the wrong place, change the list under Walls/ with a reason and docs/architecture.md in the same commit.");
    }

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Every_folder_is_a_room_of_the_list(string project)
    {
        var rooms = AllRooms.Of(project);
        var strangers = CompiledAssembly.OfProject(project).Types
            .Where(type => type.Room.Length > 0 && !rooms.InnermostFirst.Contains(type.Room, StringComparer.Ordinal) && !rooms.Beside.Contains(type.Room, StringComparer.Ordinal))
            .Select(type => $"  {type.Files[0]}")
            .Distinct(StringComparer.Ordinal);

        AssertNone(strangers, $"{project} has a folder that is no room of the house. Move the files, or add the room under Walls/ and to docs/architecture.md in the same commit.");
    }

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Type_lives_in_one_room(string project)
    {
        var torn = CompiledAssembly.OfProject(project).Types
            .Where(type => type.Rooms.Count() > 1)
            .Select(type => $"  {type.FullName}: {string.Join(", ", type.Files)}");

        AssertNone(torn, $"In {project} a partial type is spread over rooms. Keep its parts in one, or cut it into types.");
    }

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Allowed_reference_points_inward(string project)
    {
        var rooms = AllRooms.Of(project);
        var outward = rooms.Allowed
            .Where(allowed => !rooms.Beside.Contains(allowed.From, StringComparer.Ordinal))
            .Where(allowed => Array.IndexOf(rooms.InnermostFirst, allowed.To) < 0
                || Array.IndexOf(rooms.InnermostFirst, allowed.To) >= Array.IndexOf(rooms.InnermostFirst, allowed.From))
            .Select(allowed => $"  {allowed.From} -> {allowed.To}: {allowed.Reason}");

        AssertNone(outward, $"The list of {project} allows a reference that does not go to a room further in.");
    }

    [Fact]
    public void Pure_ring_does_no_IO_takes_no_lock_and_reads_no_clock()
    {
        var breaches =
            from use in CompiledAssembly.OfProject(Http2Rooms.Rooms.Project).Uses
            where !use.IsOwn && Http2Rooms.Pure.Contains(use.User.Room, StringComparer.Ordinal)
            let reason = BannedUses.ReasonAgainst(use.Used, use.Member)
            where reason is not null
            select $"  {use.User.Files[0]}: {use.User.Name} uses {use}; {reason}";

        AssertNone(
            breaches,
            "A ring that must be pure touches the world. Take time as an argument, return a value that says what to do, and let Connections/ or Transports/ do it.");
    }

    /// <summary>Files at a project's root are its entry (the driver, public contracts) and its one ThrowHelper: open to every room, as every room is to them.</summary>
    private static bool IsOpenToAll(TypeHome type) => type.Room.Length == 0;

    private static void AssertNone(IEnumerable<string> breaches, string whatToDo)
    {
        var lines = breaches.Order(StringComparer.Ordinal).ToArray();
        Assert.True(lines.Length == 0, $"{whatToDo}\n{string.Join('\n', lines)}");
    }
}
