using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Trunkline.Generated.Tests.Shared;

namespace Trunkline.Generated.Tests;

/// <summary>Messages of this project's own Protobuf items, compiled by our compiler in its own build.</summary>
public class MessageTests
{
    private static Order Sample => new()
    {
        Id = "o-1",
        State = Order.Types.State.Open,
        Lines = { new Order.Types.Line { Article = "tea", Count = 2, Price = new Money { Currency = "EUR", Units = 4, Nanos = -5 } } },
        Deltas = { 1, -1, long.MinValue },
        ByArticle = { ["tea"] = new Order.Types.Line { Count = 3 } },
        History = { [1] = Order.Types.State.Open },
        Discount = 0,
        Note = "",
        Placed = new Timestamp { Seconds = 1 },
        Coupon = "",
        Signature = ByteString.CopyFrom(1, 2, 3),
        Weight = -0.5,
        Cash = new Money { Units = 9 },
    };

    [Fact]
    public void Message_IsWrittenInTheWireForm()
    {
        var order = new Order { Id = "a", Discount = 0, OnAccount = false, Deltas = { -1, 1 } };
        byte[] expected = [0x0A, 0x01, (byte)'a', 0x22, 0x02, 0x01, 0x02, 0x38, 0x00, 0x78, 0x00];
        Assert.Equal(expected, order.ToByteArray());
        Assert.Equal(expected.Length, order.CalculateSize());
        Assert.Equal(order, Order.Parser.ParseFrom(expected));
    }

    [Fact]
    public void Binary_GoesRound() => Assert.Equal(Sample, Order.Parser.ParseFrom(Sample.ToByteArray()));

    [Fact]
    public void Json_GoesRound()
    {
        var json = JsonFormatter.Default.Format(Sample);
        Assert.Contains("\"byArticle\": { \"tea\": { \"count\": 3 } }", json, StringComparison.Ordinal);
        Assert.Contains("\"discount\": 0", json, StringComparison.Ordinal);
        Assert.Equal(Sample, JsonParser.Default.Parse<Order>(json));
    }

    [Fact]
    public void Equality_AsksForValuesNotForPresence()
    {
        var order = new Order();
        Assert.False(order.HasDiscount);
        Assert.True(new Order { Discount = 0 }.HasDiscount);
        Assert.Equal(order, new Order { Discount = 0, Note = "" });
        Assert.Equal(order.GetHashCode(), new Order { Discount = 0, Note = "" }.GetHashCode());
        Assert.NotEqual(order, new Order { Discount = 5 });
        order.Discount = 5;
        order.ClearDiscount();
        Assert.Equal(0, order.Discount);
        Assert.Equal(new Order(), order);
    }

    [Fact]
    public void Oneof_HoldsOneField()
    {
        var order = new Order { Card = "1234" };
        Assert.Equal(Order.PaymentOneofCase.Card, order.PaymentCase);
        order.OnAccount = true;
        Assert.False(order.HasCard);
        Assert.Equal("", order.Card);
        order.ClearCard();
        Assert.True(order.OnAccount);
        order.Cash = null;
        Assert.Equal(Order.PaymentOneofCase.None, order.PaymentCase);
    }

    [Fact]
    public void Null_IsTurnedAway()
    {
        Assert.Throws<ArgumentNullException>(() => new Order { Id = null! });
        Assert.Throws<ArgumentNullException>(() => new Order { Note = null! });
        Assert.Throws<ArgumentNullException>(() => new Order { Card = null! });
        Assert.Throws<ArgumentNullException>(() => new Order { Signature = null! });
    }

    [Fact]
    public void Clone_SharesNothing()
    {
        var original = Sample;
        var clone = original.Clone();
        Assert.Equal(original, clone);
        Assert.Equal(original.GetHashCode(), clone.GetHashCode());
        clone.Lines[0].Price.Units++;
        clone.Cash.Units++;
        clone.Placed.Seconds++;
        Assert.Equal(Sample, original);
    }

    [Fact]
    public void UnknownFields_AreKeptAndMerged()
    {
        byte[] unknown = [0xA0, 0x06, 0x07];
        var receipt = Receipt.Parser.ParseFrom(unknown);
        Assert.Equal(unknown, receipt.ToByteArray());
        var merged = new Receipt { OrderId = "x" };
        merged.MergeFrom(receipt);
        Assert.Equal([0x0A, 0x01, (byte)'x', .. unknown], merged.ToByteArray());
    }

    [Fact]
    public void EnumNumber_ThatIsNotNamed_IsKept()
    {
        var order = Order.Parser.ParseFrom([0x10, 0x63]);
        Assert.Equal(99, (int)order.State);
        Assert.Equal([0x10, 0x63], order.ToByteArray());
    }

    [Fact]
    public void BrokenBytes_AreRejected() => Assert.Throws<InvalidProtocolBufferException>(() => Order.Parser.ParseFrom([0x0A, 0x05, 0x41]));

    [Fact]
    public void CustomOption_CanBeRead()
    {
        Assert.Equal("kg", Order.Descriptor.FindFieldByName("weight").GetOptions().GetExtension(ShopExtensions.Unit));
        Assert.Equal("pieces", Order.Types.Line.Descriptor.FindFieldByName("count").GetOptions().GetExtension(ShopExtensions.Unit));
    }

    [Fact]
    public void InternalAccess_AndGrpcServices_AreHonoured()
    {
        Assert.False(typeof(Hidden.Secret).IsPublic);
        Assert.False(typeof(Hidden.Vault).IsPublic);
        Assert.Null(typeof(Hidden.Vault).GetNestedType("VaultBase"));
        Assert.NotNull(typeof(Hidden.Vault).GetNestedType("VaultClient"));
    }

    [Fact]
    public void Service_HasItsDescriptorAndItsBases()
    {
        Assert.Equal("trunkline.generated.tests.Shop", Shop.Descriptor.FullName);
        Assert.Equal(4, Shop.Descriptor.Methods.Count);
        Assert.NotNull(Shop.BindService(new AsyncShop()));
        Assert.NotNull(Shop.BindService(new BlockingShop()));
    }

    private sealed class AsyncShop : Shop.ShopBase;

    private sealed class BlockingShop : Shop.ShopBlockingBase
    {
        public override IEnumerable<Receipt> Chat(IEnumerable<Order> requests, ServerCallContext context) =>
            requests.Select(order => new Receipt { OrderId = order.Id });
    }
}
