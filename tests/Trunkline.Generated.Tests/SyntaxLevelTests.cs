using Google.Protobuf;
using Trunkline.Descriptors;
using Trunkline.Generated.Tests.Legacy;
using Trunkline.Generated.Tests.Modern;

namespace Trunkline.Generated.Tests;

/// <summary>Messages of proto2 and of an edition, as users meet them.</summary>
public class SyntaxLevelTests
{
    private static readonly ExtensionRegistry Registry =
        [LegacyExtensions.Back, LegacyExtensions.Remarks, LegacyExtensions.Offsets, LegacyExtensions.Upgrade, LegacyExtensions.Dog, Ticket.Extensions.Price];

    [Fact]
    public void Defaults_AreThoseOfTheFile()
    {
        var ticket = new Ticket();
        Assert.Equal((12, "B\t7", Ticket.Types.Class.Second), (ticket.Seat, ticket.Gate, ticket.Class));
        Assert.Equal(ByteString.CopyFrom(1, 254), ticket.Seal);
        Assert.Same(ticket.Seal, new Ticket().Seal);
        Assert.Equal("p", ticket.Paper);
        Assert.Equal(1.5, ticket.GetExtension(Ticket.Extensions.Price));
        Assert.Equal(Ticket.Types.Class.First, ticket.GetExtension(LegacyExtensions.Upgrade));
        Assert.Empty(ticket.ToByteArray());
    }

    [Fact]
    public void Presence_IsAskedSetAndCleared()
    {
        var ticket = new Ticket { Seat = 12, Passenger = new Ticket.Types.Passenger() };
        Assert.Equal((true, false, true), (ticket.HasSeat, ticket.HasGate, ticket.HasPassenger));
        Assert.Equal([0x10, 0x0C, 0x43, 0x44], ticket.ToByteArray());
        ticket.ClearSeat();
        ticket.ClearPassenger();
        Assert.Equal(new Ticket(), ticket);
        Assert.Equal(12, ticket.Seat);
    }

    [Fact]
    public void Lists_ArePackedAsTheFileSays()
    {
        Assert.Equal([0x30, 0x01, 0x30, 0x02, 0x3A, 0x02, 0x01, 0x02], new Ticket { Stops = { 1, 2 }, Zones = { 1, 2 } }.ToByteArray());
        Assert.Equal(new Ticket { Stops = { 1, 2 }, Zones = { 1, 2 } }, Ticket.Parser.ParseFrom([0x32, 0x02, 0x01, 0x02, 0x38, 0x01, 0x38, 0x02]));
    }

    [Fact]
    public void Groups_GoRound()
    {
        var ticket = new Ticket { Id = "x", Leg = { new Ticket.Types.Leg { To = "here" } }, Card = new Ticket.Types.Card { Number = 5 } };
        Assert.Equal(Ticket.ProofOneofCase.Card, ticket.ProofCase);
        Assert.True(ticket.HasCard);
        Assert.Equal(ticket, Ticket.Parser.ParseFrom(ticket.ToByteArray()));
        Assert.Equal(ticket, JsonParser.Default.Parse<Ticket>(JsonFormatter.Default.Format(ticket)));
        ticket.MergeFrom(new Ticket { Card = new Ticket.Types.Card() });
        Assert.Equal(5, ticket.Card.Number);
        ticket.ClearCard();
        Assert.Null(ticket.Card);
    }

    [Fact]
    public void RequiredFields_AreLookedForEverywhere()
    {
        Assert.False(new Ticket().IsInitialized());
        var ticket = new Ticket { Id = "" };
        Assert.True(ticket.IsInitialized());
        ticket.SetExtension(LegacyExtensions.Back, new Ticket());
        Assert.False(ticket.IsInitialized());
        ticket.GetExtension(LegacyExtensions.Back).Id = "b";
        ticket.Leg.Add(new Ticket.Types.Leg());
        Assert.False(ticket.IsInitialized());
    }

    [Fact]
    public void Extensions_GoRoundWithTheirRegistry()
    {
        var ticket = new Ticket { Id = "x" };
        ticket.SetExtension(Ticket.Extensions.Price, 2.5);
        ticket.SetExtension(LegacyExtensions.Dog, new Dog());
        ticket.GetOrInitializeExtension(LegacyExtensions.Remarks).Add("late");
        ticket.GetOrInitializeExtension(LegacyExtensions.Offsets).AddRange([1, -1]);
        Assert.True(ticket.HasExtension(LegacyExtensions.Dog));
        var bytes = ticket.ToByteArray();
        var read = Ticket.Parser.WithExtensionRegistry(Registry).ParseFrom(bytes);
        Assert.Equal(ticket, read);
        Assert.Equal(ticket.GetHashCode(), read.GetHashCode());
        Assert.Equal([1, -1], read.GetExtension(LegacyExtensions.Offsets));
        Assert.Equal(4, read.GetExtension(LegacyExtensions.Dog).Legs);
        Assert.Equal(bytes, read.Clone().ToByteArray());

        // Without the registry they are unknown fields, which stay.
        var unaware = Ticket.Parser.ParseFrom(bytes);
        Assert.False(unaware.HasExtension(Ticket.Extensions.Price));
        Assert.Equal(bytes.Length, unaware.ToByteArray().Length);
        read.ClearExtension(LegacyExtensions.Remarks);
        Assert.Null(read.GetExtension(LegacyExtensions.Remarks));
    }

    [Fact]
    public void Edition_KeepsItsFeatures()
    {
        var reading = new Reading { Value = 0, Raw = 0, Samples = { 1, 2 }, Source = new Reading.Types.Source { Name = "s" } };
        Assert.True(reading.HasValue);
        Assert.Equal([0x08, 0x00, 0x18, 0x01, 0x18, 0x02, 0x23, 0x0A, 0x01, (byte)'s', 0x24], reading.ToByteArray());
        Assert.Equal("K", reading.Unit);
        Assert.Equal("""{ "value": 0, "samples": [ 1, 2 ], "source": { "name": "s" } }""", reading.ToString());
        Assert.Equal(reading, JsonParser.Default.Parse<Reading>(reading.ToString()));
    }

    [Fact]
    public void Edition_ServesItsOriginalDescriptor()
    {
        var original = FileDescriptorProto.Read(OriginalDescriptor.Find(Reading.Descriptor.File.SerializedData.Memory).Span);
        Assert.Equal(("editions", Edition.Edition2023), (original.Syntax, original.Edition));
        Assert.Equal(FieldPresence.Implicit, original.MessageTypes[0].Fields[1].Options!.Features!.FieldPresence);
        Assert.Equal(Ticket.Descriptor.File.SerializedData.ToByteArray(), OriginalDescriptor.Find(Ticket.Descriptor.File.SerializedData.Memory).ToArray());
    }
}
