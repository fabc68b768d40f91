using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Fields;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Tests.Scheduling;

public class PriorityTests
{
    // Pieces of dictionaries, right and wrong, from which random values are put together.
    private static readonly string[] Pieces =
    [
        "u", "i", "x", "*", "u=", "i=", "u=0", "u=3", "u=7", "u=8", "u=-1", "u=5.0", "u=05", "i=?0", "i=?1", "i=1", "i=?2", "foo", "foo=bar", "=", ",", ", ",
        " ", "\t", ",,", ";", "; ", ";p", ";p=1", "; q=\"a, b\"", "(", ")", "(1 2)", "(\"x\" y;z)", "\"", "\"u=1\"", "\"\\\"\"", "\"\\x\"", ":", ":AA==:", ":A*:",
        "?", "?1", "1", "12345678901234567", "123456789012345", "1234567890123.4", "1.2345", "1.", "-", "a/b:c", "U=1", "_k", "k_", "é", "\u0001",
    ];

    [Theory]
    [InlineData("", 3, false)]
    [InlineData("   ", 3, false)]
    [InlineData("u=0", 0, false)]
    [InlineData("u=7,i", 7, true)]
    [InlineData("i, u=1", 1, true)]
    [InlineData("u=5, i=?0", 5, false)]
    [InlineData("u=5;q=1;r, i;x=\"y\"", 5, true)]
    [InlineData("weird=(1 2 \"u=0\"), u=2", 2, false)]
    [InlineData("u=8, i", 3, true)]
    [InlineData("u=-1", 3, false)]
    [InlineData("u=2.0", 3, false)]
    [InlineData("u=\"2\"", 3, false)]
    [InlineData("u, i=1", 3, false)]
    [InlineData("u=1, u=6", 6, false)]
    [InlineData("u=1, u=9", 3, false)]
    [InlineData("i, i=?0", 3, false)]
    public void PriorityField_Dictionary_IsReadKeyByKey(string value, int urgency, bool incremental)
    {
        Assert.True(Priority.TryParse(Encoding.ASCII.GetBytes(value), out Priority priority));
        Assert.Equal(new Priority(urgency, incremental), priority);
    }

    [Theory]
    [InlineData("u=1,")]
    [InlineData("u=1 i")]
    [InlineData("u=1,,i")]
    [InlineData("u=")]
    [InlineData("U=1")]
    [InlineData("\tu=1")]
    [InlineData("u=1, x=\"open")]
    [InlineData("u=1, x=(1")]
    [InlineData("u=1, x=1234567890123456")]
    [InlineData("u=1;")]
    public void PriorityField_NoDictionary_CountsAsAbsent(string value)
    {
        Assert.False(Priority.TryParse(Encoding.ASCII.GetBytes(value), out Priority priority));
        Assert.Equal(default, priority);
    }

    [Fact]
    public void PriorityField_AnyValue_IsReadAsTheGrammarSays()
    {
        Gen<byte[]> values = Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces)));
        Prop.ForAll(values.ToArbitrary(), value =>
        {
            (bool isDictionary, int? urgency, bool? incremental) = PriorityFieldReference.Read(value);
            Assert.Equal(isDictionary, PriorityField.TryParse(value, out PrioritySignal signal));
            Assert.Equal(PrioritySignal.None.WithUrgency(urgency).WithIncremental(incremental), signal);
            Assert.Equal(new Priority(urgency ?? 3, incremental ?? false), signal.ToPriority());
            Assert.Equal(urgency is null && incremental is null, signal.IsNone);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void PriorityField_SeveralLines_AreOneValue()
    {
        Gen<string[]> lines = Gen.Elements("u=1", "i", "u=7, i=?0", "x=(1", "2)", "", "foo", "u=1,", "u=9").NonEmptyListOf().Select(list => list.ToArray());
        Prop.ForAll(lines.ToArbitrary(), values =>
        {
            var fields = new FieldBuffer();
            foreach (string value in values)
            {
                fields.OnLiteral(FieldName.Priority, "priority"u8, Encoding.ASCII.GetBytes(value), neverIndexed: false);
                fields.OnLiteral(FieldName.Other, "other"u8, "u=5"u8, neverIndexed: false);
            }

            PrioritySignal joined = PriorityField.Parse(Encoding.ASCII.GetBytes(string.Join(", ", values)));
            Assert.Equal(joined, PriorityField.Read(new FieldBlock(fields)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Priority_Any_IsReadBackAsWritten()
    {
        for (int urgency = 0; urgency <= 7; urgency++)
        {
            foreach (bool incremental in (bool[])[false, true])
            {
                var priority = new Priority(urgency, incremental);
                Assert.True(Priority.TryParse(Encoding.ASCII.GetBytes(priority.ToString()), out Priority read));
                Assert.Equal(priority, read);
                Assert.Equal((urgency, incremental), (read.Urgency, read.Incremental));
            }
        }

        Assert.Equal("u=3", default(Priority).ToString());
        Assert.Equal("i", new Priority(3, incremental: true).ToString());
        Assert.Equal("u=1, i", new Priority(1, incremental: true).ToString());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void Priority_UrgencyOutOfRange_Throws(int urgency) => Assert.Throws<ArgumentOutOfRangeException>(() => new Priority(urgency));

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 6)]
    [InlineData(8, 4)]
    [InlineData(15, 4)]
    [InlineData(16, 3)]
    [InlineData(31, 3)]
    [InlineData(32, 2)]
    [InlineData(64, 1)]
    [InlineData(128, 0)]
    [InlineData(256, 0)]
    public void Weight_Any_BecomesAnUrgencyThatShares(int weight, int urgency) =>
        Assert.Equal(new TurnClass((byte)urgency, IsSequential: false), PrioritySignal.OfWeight(weight).ToTurnClass());

    [Theory]
    [InlineData("", "", 3, false)]
    [InlineData("u=1", "", 1, true)]
    [InlineData("u=1", "i", 1, false)]
    [InlineData("i", "u=5", 5, false)]
    [InlineData("u=1, i", "u=6, i=?0", 6, true)]
    [InlineData("x=1", "", 3, false)]
    public void Signals_OfBothSides_AreMergedKeyByKey(string asked, string own, int urgency, bool isSequential)
    {
        PrioritySignal merged = PriorityField.Parse(Encoding.ASCII.GetBytes(asked)).OverriddenBy(PriorityField.Parse(Encoding.ASCII.GetBytes(own)));
        Assert.Equal(new TurnClass((byte)urgency, isSequential), merged.ToTurnClass());
    }
}
