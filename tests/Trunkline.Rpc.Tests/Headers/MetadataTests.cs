using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Headers;

namespace Trunkline.Rpc.Tests.Headers;

public sealed class MetadataTests
{
    [Fact]
    public void Entry_NameInUpperCase_BecomesLowerCase() => Assert.Equal("x-key", new Metadata.Entry("X-Key", "v").Key);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData(":path")]
    [InlineData("ä")]
    [InlineData("a/b")]
    public void Entry_NameThatIsNone_IsRefused(string name) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(name, "v"));

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("☺")]
    [InlineData("\u007f")]
    public void Entry_TextThatCannotTravel_IsRefusedWithItsPlace(string value)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", value));
        Assert.Contains("U+", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_TextUnderABinaryName_AndTheOtherWayRound_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1]));
    }

    [Fact]
    public void Entry_Bytes_AreCopiedBothWays()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("key-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void Get_SeveralOfOneName_GivesTheLastAndAllInOrder()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "A", "3" }, { "c-bin", [7] } };

        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Equal(["1", "3"], metadata.GetAll("A").Select(entry => entry.Value));
        Assert.Equal([7], metadata.GetValueBytes("c-bin"));
        Assert.Null(metadata.GetValue("none"));
    }

    [Fact]
    public void Empty_CannotBeChanged()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
    }

    [Theory]
    [InlineData("authorization", "secret", Indexing.Never)]
    [InlineData("cookie", "secret", Indexing.Never)]
    [InlineData("traceparent", "00-1-2-3", Indexing.Without)]
    [InlineData("tenant", "blue", Indexing.Incremental)]
    public void Write_Policy_FollowsTheName(string name, string value, Indexing expected)
    {
        var fields = new FieldSection();
        MetadataWriter.Write(new Metadata { { name, value } }, fields);

        Assert.Equal(expected, fields.Policy(0));
    }

    [Fact]
    public void Write_LongValue_StaysOutOfTheTable()
    {
        var fields = new FieldSection();
        MetadataWriter.Write(new Metadata { { "a", new string('x', 300) }, { "b-bin", new byte[3] } }, fields);

        Assert.Equal(Indexing.Without, fields.Policy(0));
        Assert.Equal(Indexing.Without, fields.Policy(1));
    }

    [Theory]
    [InlineData("content-type")]
    [InlineData("te")]
    [InlineData("user-agent")]
    [InlineData("host")]
    [InlineData("connection")]
    [InlineData("keep-alive")]
    [InlineData("proxy-connection")]
    [InlineData("transfer-encoding")]
    [InlineData("upgrade")]
    [InlineData("content-length")]
    [InlineData("grpc-encoding")]
    [InlineData("grpc-accept-encoding")]
    [InlineData("grpc-message")]
    [InlineData("grpc-status")]
    [InlineData("grpc-timeout")]
    [InlineData("grpc-message-type")]
    [InlineData("grpc-anything")]
    public void Write_ReservedName_IsLeftOut(string name)
    {
        var fields = new FieldSection();
        MetadataWriter.Write(new Metadata { { name, "x" }, { "kept", " trimmed " } }, fields);

        Assert.Equal(1, fields.Count);
        Assert.Equal("trimmed", Encoding.ASCII.GetString(fields.Value(0)));
    }

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("application/grpc;charset=utf-8", true)]
    [InlineData("application/grpc-web", false)]
    [InlineData("application/grpcx", false)]
    [InlineData("application/json", false)]
    [InlineData("", false)]
    public void ContentType_Prefix_Decides(string value, bool expected) =>
        Assert.Equal(expected, GrpcContentType.Matches(Encoding.ASCII.GetBytes(value)));

    [Fact]
    public void UserAgent_HasTheShapeOfTheSpecification() =>
        Assert.Matches(@"^myapp/1\.0 grpc-csharp-trunkline/\d+\.\d+\.\d+ \(\.NET \d+\.\d+; \w+; \w+\)$", Rpc.Headers.UserAgent.WithPrefix("myapp/1.0"));
}
