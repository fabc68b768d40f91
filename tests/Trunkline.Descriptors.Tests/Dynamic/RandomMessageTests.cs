using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trunkline.Harness.Peers;

namespace Trunkline.Descriptors.Tests.Dynamic;

/// <summary>Properties that hold for every message of a schema, and for every row of bytes.</summary>
public class RandomMessageTests
{
    // A message is cut at every byte and each piece printed twice: ten messages are some thousand pieces.
    private const int CutMessages = 10;

    private static readonly string[] Files = ["cargo2", "cargo3", "cargo2023"];

    [ProtocFact]
    public void Message_WrittenAndRead_IsTheSame() => ForAnyMessage(message =>
    {
        var bytes = message.ToByteArray();
        var read = DynamicMessage.Read(message.Schema, bytes);
        return bytes.AsSpan().SequenceEqual(read.ToByteArray()) && message.ToString() == read.ToString();
    });

    [ProtocFact]
    public void Message_PrintedAndParsed_IsTheSame() => ForAnyMessage(message =>
    {
        var read = TextFormat.Parse(message.Schema, message.ToString());
        return message.ToString() == read.ToString()
            && message.ToByteArray(deterministic: true).AsSpan().SequenceEqual(read.ToByteArray(deterministic: true));
    });

    [ProtocFact]
    public void Message_CutAnywhere_IsShorterOrAnError() => ForAnyMessage(message =>
    {
        var bytes = message.ToByteArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            IsHandled(message.Schema, bytes.AsSpan(0, length).ToArray());
        }

        return true;
    }, CutMessages);

    [ProtocFact]
    public void Text_CutAnywhere_IsShorterOrAnError() => ForAnyMessage(message =>
    {
        var text = Encoding.ASCII.GetBytes(message.ToString());
        for (var length = 0; length < text.Length; length += 7)
        {
            var isRead = TextFormat.TryParse(text.AsMemory(0, length), new DynamicMessage(message.Schema), out var problems);
            if (isRead != problems.All(problem => problem.IsWarning))
            {
                return false;
            }
        }

        return true;
    }, CutMessages);

    [ProtocFact]
    public void AnyBytes_AreAMessageOrAnError() =>
        Prop.ForAll<byte[], int>((bytes, file) => IsHandled(Cargo.Load(Files[(int)((uint)file % 3)]), bytes)).QuickCheckThrowOnFailure();

    [ProtocFact]
    public void AnyText_IsAMessageOrAnError() => Prop.ForAll<byte[], int>((text, file) =>
    {
        var message = new DynamicMessage(Cargo.Load(Files[(int)((uint)file % 3)]));
        return TextFormat.TryParse(text, message, out var problems) == problems.All(problem => problem.IsWarning);
    }).QuickCheckThrowOnFailure();

    private static void ForAnyMessage(Func<DynamicMessage, bool> holds, int messages = 100) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(messages),
        Prop.ForAll<int>(seed => Array.TrueForAll(Files, file => holds(RandomMessages.Make(Cargo.Load(file), new Random(seed))))));

    /// <summary>Bytes that are read print, are written again, and read as the same.</summary>
    private static bool IsHandled(MessageSchema schema, byte[] bytes)
    {
        try
        {
            var read = DynamicMessage.Read(schema, bytes);
            var again = DynamicMessage.Read(schema, read.ToByteArray());
            return read.ToString() == again.ToString();
        }
        catch (DescriptorFormatException exception)
        {
            return exception.Offset >= 0 && exception.Offset <= bytes.Length;
        }
    }
}
