using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

public class HpackEncoderTests
{
    [Fact]
    public void SETTINGS_Received_TableSizeDippedAndRose_BothAreAnnounced()
    {
        var encoder = new HpackEncoder();
        encoder.SetPeerTableSize(0);
        encoder.SetPeerTableSize(100);
        Assert.Equal("203f45", Encode(encoder));
        Assert.Equal("", Encode(encoder));
    }

    [Fact]
    public void SETTINGS_Received_TableSizeDippedAndRoseToWhatItWas_TheDipIsAnnounced()
    {
        var encoder = new HpackEncoder();
        encoder.SetPeerTableSize(64);
        encoder.SetPeerTableSize(4096);
        Assert.Equal("3f213fe11f", Encode(encoder));
    }

    [Fact]
    public void SETTINGS_Received_TableSizeAboveOwnLimit_ChangesNothing()
    {
        var encoder = new HpackEncoder();
        encoder.SetPeerTableSize(uint.MaxValue);
        Assert.Equal("", Encode(encoder));
        Assert.Equal(4096, encoder.Table.Capacity);
    }

    [Fact]
    public void SETTINGS_Received_LargerTableSize_IsUsedUpToTheOwnLimit()
    {
        var encoder = new HpackEncoder(ownLimit: 8192);
        Assert.Equal("", Encode(encoder));
        encoder.SetPeerTableSize(65_536);
        Assert.Equal("3fe13f", Encode(encoder));
    }

    [Fact]
    public void OwnLimit_BelowTheDefault_IsAnnouncedAtFirst() => Assert.Equal("20", Encode(new HpackEncoder(ownLimit: 0)));

    [Fact]
    public void Never_WrittenTwice_StaysALiteralForbiddenToIndex()
    {
        var encoder = new HpackEncoder();
        for (int i = 0; i < 2; i++)
        {
            Assert.StartsWith("1f08", Encode(encoder, ("authorization", "secret"), Indexing.Never), StringComparison.Ordinal);
        }

        Assert.Equal(0, encoder.Table.Size);
    }

    [Fact]
    public void Without_ValueThatIsInATable_IsIndexed()
    {
        var encoder = new HpackEncoder();
        Assert.Equal("83", Encode(encoder, (":method", "POST"), Indexing.Without));
        Encode(encoder, ("x", "y"), Indexing.Incremental);
        Assert.Equal("be", Encode(encoder, ("x", "y"), Indexing.Without));
    }

    [Fact]
    public void Incremental_LargerThanHalfTheTable_DoesNotPushTheOthersOut()
    {
        var encoder = new HpackEncoder();
        Encode(encoder, ("x", "y"), Indexing.Incremental);
        Encode(encoder, ("x", new string('z', 2016)), Indexing.Incremental);
        Assert.Equal("be", Encode(encoder, ("x", "y"), Indexing.Incremental));
    }

    [Fact]
    public void Huffman_NotShorter_IsNotUsed() => Assert.Equal("400178" + "027c7c", Encode(new HpackEncoder(), ("x", "||"), Indexing.Incremental));

    [Fact]
    public void Without_NewNameAndShortValue_EntersOnceForItsName()
    {
        var encoder = new HpackEncoder();
        Assert.StartsWith("40", Encode(encoder, ("grpc-timeout", "1S"), Indexing.Without), StringComparison.Ordinal);
        int size = encoder.Table.Size;
        Assert.Equal("0f2f" + "023253", Encode(encoder, ("grpc-timeout", "2S"), Indexing.Without));
        Assert.Equal("0f2f" + "023353", Encode(encoder, ("grpc-timeout", "3S"), Indexing.Without));
        Assert.Equal(size, encoder.Table.Size);
    }

    [Fact]
    public void Without_LongValue_StaysOut()
    {
        var encoder = new HpackEncoder();
        Assert.StartsWith("00", Encode(encoder, ("x-trace-bin", new string('q', 100)), Indexing.Without), StringComparison.Ordinal);
        Assert.Equal(0, encoder.Table.Size);
    }

    [Fact]
    public void Never_NewName_StaysOut()
    {
        var encoder = new HpackEncoder();
        Encode(encoder, ("x-secret", "1"), Indexing.Never);
        Assert.Equal(0, encoder.Table.Size);
    }

    private static string Encode(HpackEncoder encoder)
    {
        encoder.BeginBlock();
        return Convert.ToHexStringLower(encoder.EndBlock());
    }

    private static string Encode(HpackEncoder encoder, (string Name, string Value) field, Indexing indexing)
    {
        var fields = new FieldSection();
        fields.Add(field.Name, field.Value, indexing);
        encoder.BeginBlock();
        encoder.Write(fields);
        return Convert.ToHexStringLower(encoder.EndBlock());
    }
}
