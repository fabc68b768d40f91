using System.Text;
using Trunkline.Compiler;
using Trunkline.Descriptors;
using Trunkline.Fuzz.Running;

namespace Trunkline.Fuzz.Dynamic;

/// <summary>
/// Messages without code. The first byte chooses: the rest is a message's bytes, or its text. What is read must come back the same through both forms; what is not is
/// refused with the exception that the documentation names.
/// </summary>
internal sealed class DynamicTarget : IFuzzTarget
{
    private const string Schema = """
        edition = "2023";
        package f;
        import "google/protobuf/any.proto";
        enum Open { ZERO = 0; ONE = 1; }
        enum Closed { option features.enum_type = CLOSED; NIL = 0; TWO = 2; }
        message M {
          int32 i = 1; sint64 s = 2; fixed32 f = 3; sfixed64 g = 4; float h = 5; double d = 6; bool b = 7; string t = 8; bytes y = 9;
          Open o = 10; Closed c = 11; M m = 12; M x = 13 [features.message_encoding = DELIMITED];
          repeated int32 ri = 14; repeated int32 re = 15 [features.repeated_field_encoding = EXPANDED]; repeated M rm = 16; repeated string rt = 17;
          map<string, M> ms = 18; map<int32, Closed> mc = 19; int32 n = 20 [features.field_presence = IMPLICIT];
          google.protobuf.Any a = 21; M need = 22 [features.field_presence = LEGACY_REQUIRED]; repeated Closed rc = 23; uint64 u = 24;
          string free = 25 [features.utf8_validation = NONE];
          oneof choice { int32 ci = 30; M cm = 31; string ct = 32; }
          extensions 100 to 200;
        }
        extend M { int32 ext = 100; repeated M exts = 101; M group = 102 [features.message_encoding = DELIMITED]; }
        """;

    private static readonly MessageSchema Message = LoadSchema();

    private static readonly string[] Words =
    [
        "i", "s", "f", "h", "d", "b", "t", "y", "o", "c", "m", "x", "M", "ri", "re", "rm", "ms", "mc", "a", "ci", "[f.ext]", "[f.exts]", "[type.googleapis.com/f.M]", "key", "value",
        ":", "{", "}", "<", ">", "[", "]", ",", ";", "1", "-1", "0x1F", "017", "1.5e3", "-inf", "nan", "1f", "true", "t", "ONE", "TWO", "7", "\"x\"", "'\\001\\xFF\\u00e9'", "\"",
        "# comment\n", "unknown", "12", "\u00e9", "99999999999999999999", "\n",
    ];

    public string Name => "dynamic";

    public int MaxLength => 4096;

    public byte[] Generate(Random random)
    {
        if (random.Next(2) == 0)
        {
            byte[] wire = new byte[random.Next(1, 60)];
            random.NextBytes(wire);
            wire[0] = 0;
            for (int i = 1; i < wire.Length; i += random.Next(1, 6))
            {
                // A tag that the schema knows, with any wire type.
                wire[i] = (byte)((random.Next(1, 26) << 3) | random.Next(6));
            }

            return wire;
        }

        IEnumerable<string> words = Enumerable.Range(0, random.Next(30)).Select(_ => Words[random.Next(Words.Length)]);
        return [1, .. Encoding.UTF8.GetBytes(string.Join(' ', words))];
    }

    public Task ExecuteAsync(byte[] input, Trace trace)
    {
        ReadOnlyMemory<byte> rest = input.AsMemory(Math.Min(1, input.Length));
        bool isText = input.Length > 0 && (input[0] & 1) == 1;
        DynamicMessage? message = isText ? ReadText(rest, trace) : ReadBytes(rest, trace);
        if (message is not null)
        {
            CheckBytes(message, isText);
            CheckText(message, trace);
        }

        return Task.CompletedTask;
    }

    private static MessageSchema LoadSchema()
    {
        var sources = new MemorySourceProvider();
        sources.Add("f.proto", Schema);
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["f.proto"], Sources = sources });
        return SchemaRegistry.Create(result.Files).FindMessage("f.M")!;
    }

    private static DynamicMessage? ReadBytes(ReadOnlyMemory<byte> bytes, Trace trace)
    {
        try
        {
            DynamicMessage message = DynamicMessage.Read(Message, bytes.Span);
            See(message, trace);
            return message;
        }
        catch (DescriptorFormatException problem)
        {
            trace.See("bytes", problem.Problem);
            return null;
        }
    }

    private static DynamicMessage? ReadText(ReadOnlyMemory<byte> text, Trace trace)
    {
        var message = new DynamicMessage(Message);
        if (TextFormat.TryParse(text, message, out IReadOnlyList<TextProblem> problems))
        {
            See(message, trace);
            return message;
        }

        Trace.Hold(problems.Count > 0, "a text that is refused is refused for a reason");
        trace.See("text", KindOf(problems[0].Message));
        return null;
    }

    /// <summary>How a message begins; what follows names things of the input.</summary>
    private static string KindOf(string message) => string.Join(' ', message.Split('"', ':')[0].Split(' ').Take(4));

    private static void See(DynamicMessage message, Trace trace)
    {
        foreach (FieldSchema field in message.SetFields)
        {
            trace.See("field", field.Name);
        }

        trace.See("unknown", message.UnknownFields.IsEmpty ? "no" : "yes");
    }

    private static void CheckBytes(DynamicMessage message, bool isFromText)
    {
        byte[] once = message.ToByteArray(deterministic: true);
        try
        {
            byte[] twice = DynamicMessage.Read(Message, once).ToByteArray(deterministic: true);
            Trace.Hold(once.AsSpan().SequenceEqual(twice), "what was written is read and written the same");
        }
        catch (DescriptorFormatException problem) when (isFromText && problem.Problem.Contains("invalid UTF-8", StringComparison.Ordinal))
        {
            // Text may escape any byte in a string, which is written as it is and refused by readers: so it is in protoc.
        }
    }

    /// <summary>Unknown fields print as numbers, which are not read back; everything else is.</summary>
    private static void CheckText(DynamicMessage message, Trace trace)
    {
        string text = TextFormat.Print(message);
        trace.Tell(text);
        if (!message.UnknownFields.IsEmpty || HasUnknown(message))
        {
            return;
        }

        var again = new DynamicMessage(Message);
        Trace.Hold(TextFormat.TryParse(Encoding.UTF8.GetBytes(text), again, out IReadOnlyList<TextProblem> problems), $"what was printed is read: {string.Join("; ", problems)}");
        Trace.Hold(TextFormat.Print(again) == text, "what was printed and read is printed the same");
    }

    private static bool HasUnknown(DynamicMessage message)
    {
        string text = TextFormat.Print(message);

        // A field that is named by a number stands at the beginning of a line.
        return text.Split('\n').Any(line => line.TrimStart() is [>= '0' and <= '9', ..]);
    }
}
