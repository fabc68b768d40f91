using System.Globalization;
using System.Text;

namespace Trunkline.Fuzz.Compiler;

/// <summary>Writes .proto files at random: mostly sound, here and there wrong, now and then of a size or depth that nobody would write.</summary>
internal sealed class ProtoGrammar
{
    private static readonly string[] Levels = ["syntax = \"proto2\";", "syntax = \"proto3\";", "edition = \"2023\";", "edition = \"2024\";", ""];
    private static readonly string[] Scalars =
    [
        "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64", "float", "double", "bool", "string", "bytes",
    ];

    private static readonly string[] Carried = ["any", "duration", "empty", "struct", "timestamp", "wrappers", "descriptor"];
    private static readonly string[] CarriedTypes = ["google.protobuf.Any", ".google.protobuf.Duration", "google.protobuf.Timestamp", "google.protobuf.FieldOptions"];
    private static readonly string[] Names = ["A", "B", "C", "Aa", "a", "b", "message", "x_y", "X_Y", "xY", "_", "inf", "package", "optional", "a1", "map"];
    private static readonly string[] Options =
    [
        "deprecated = true", "packed = true", "packed = false", "lazy = true", "json_name = \"a\"", "default = 1", "default = -inf", "default = \"\\xFF\\u00e9\"",
        "ctype = CORD", "jstype = JS_STRING", "features.field_presence = IMPLICIT", "features.message_encoding = DELIMITED", "features.enum_type = CLOSED",
        "features.repeated_field_encoding = EXPANDED", "features = { utf8_validation: NONE }", "(ext) = 5", "(ext).a = { b: 1 }", "(A.ext) = \"x\" \"y\"",
        "targets = TARGET_TYPE_FIELD", "retention = RETENTION_SOURCE", "edition_defaults = { edition: EDITION_2023, value: \"1\" }", "weak = true", "debug_redact = true",
        "verification = UNVERIFIED", "declaration = { number: 100 full_name: \".a.b\" type: \"int32\" }", "uninterpreted_option = {}", "message_set_wire_format = true",
        "allow_alias = true", "map_entry = true", "feature_support = { edition_introduced: EDITION_2023 }", "idempotency_level = IDEMPOTENT",
    ];

    private static readonly string[] FileOptions =
    [
        "optimize_for = LITE_RUNTIME", "java_package = \"a.b\"", "csharp_namespace = \"A.B\"", "cc_enable_arenas = true", "features.field_presence = LEGACY_REQUIRED",
        "features.enforce_naming_style = STYLE_LEGACY", "features.default_symbol_visibility = LOCAL_ALL", "java_multiple_files = true", "(ext) = { a: [1, 2] <b: 3> }",
    ];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private int _depth;

    private ProtoGrammar(Random random) => _random = random;

    public static byte[] Generate(Random random)
    {
        if (random.Next(20) == 0)
        {
            return Encoding.UTF8.GetBytes(Extreme(random));
        }

        var grammar = new ProtoGrammar(random);
        grammar.File("x.proto");
        for (int more = random.Next(3); more > 0; more--)
        {
            grammar._text.Append(CultureInfo.InvariantCulture, $"\n//@ y{more}.proto\n");
            grammar.File($"y{more}.proto");
        }

        return Encoding.UTF8.GetBytes(grammar._text.ToString());
    }

    /// <summary>One construct, far too often or far too deep.</summary>
    private static string Extreme(Random random)
    {
        int times = 1 << random.Next(5, 12);
        return random.Next(12) switch
        {
            0 => Repeat("message A{", times),
            1 => "option (a) = " + Repeat("{a:", times),
            2 => "option (a) = {a:" + Repeat("[", times),
            3 => "syntax = \"proto2\"; message A {" + Repeat("optional group G = 1 {", times),
            4 => "message A { extensions " + Repeat("1,", times) + "2; }",
            5 => "message A { reserved " + string.Join(',', Enumerable.Range(1, times).Select(i => (i * 2).ToString(CultureInfo.InvariantCulture))) + "; }",
            6 => "enum E {" + string.Concat(Enumerable.Range(0, times).Select(i => string.Create(CultureInfo.InvariantCulture, $"A{i}={i};"))) + "}",
            7 => "import \"x.proto\";" + Repeat("import \"y.proto\";", times),
            8 => "package " + Repeat("a.", times) + "a; message A { " + Repeat("a.", times) + "A a = 1; }",
            9 => "message A { optional int32 a = 1 [default = " + Repeat("9", times) + "]; }",
            10 => "option java_package = " + Repeat("'a' ", times) + ";",
            _ => Repeat("/* // */ // /*\n", times) + Repeat("oneof o {", times),
        };
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private bool OneIn(int n) => _random.Next(n) == 0;

    private string Any(string[] from) => from[_random.Next(from.Length)];

    private void Write(string text) => _text.Append(text);

    private void File(string self)
    {
        Write(Any(Levels) + "\n");
        if (OneIn(2))
        {
            Write($"package {Any(["a", "a.b", "p", "A"])};\n");
        }

        for (int imports = _random.Next(4); imports > 0; imports--)
        {
            string name = OneIn(3) ? Any(["y1.proto", "y2.proto", self]) : $"google/protobuf/{Any(Carried)}.proto";
            Write($"import {Any(["", "", "public ", "weak ", "option "])}\"{name}\";\n");
        }

        for (int statements = _random.Next(1, 7); statements > 0; statements--)
        {
            Statement();
        }
    }

    private void Statement()
    {
        switch (_random.Next(10))
        {
            case 0:
                Write($"option {Any(FileOptions)};\n");
                break;
            case 1:
                Enum();
                break;
            case 2:
                Extend();
                break;
            case 3:
                Service();
                break;
            case 4:
                Noise();
                break;
            default:
                Message();
                break;
        }
    }

    /// <summary>Comments, and once in a while something that belongs nowhere.</summary>
    private void Noise() => Write(Any(["// a comment\n", "/* one\n * more */", "\n\n// detached\n\n", ";", "\t", "\u00e9", "}", "\"", "'\\q'", "0x", "1e", "08", "\0"]));

    private void Message()
    {
        Write($"{Any(["", "", "", "export ", "local "])}message {Any(Names)} {{\n");
        _depth++;
        for (int members = _random.Next(8); members > 0; members--)
        {
            Member();
        }

        _depth--;
        Write("}\n");
    }

    private void Member()
    {
        switch (_random.Next(_depth > 4 ? 6 : 13))
        {
            case 6:
                Message();
                break;
            case 7:
                Enum();
                break;
            case 8:
                Write($"oneof {Any(Names)} {{ ");
                Field();
                Field();
                Write("}\n");
                break;
            case 9:
                Write($"{Any(["reserved", "extensions"])} {Ranges()}{CompactOptions()};\n");
                break;
            case 10:
                Write($"{Any(["optional", "repeated", "required", ""])} group {Any(Names)} = {Number()} {{ ");
                Field();
                Write("}\n");
                break;
            case 11:
                Extend();
                break;
            case 12:
                Write($"option {Any(Options)};\n");
                break;
            default:
                Field();
                break;
        }
    }

    private void Field() => Write($"{Any(["", "", "optional ", "repeated ", "required "])}{Type()} {Any(Names)} = {Number()}{CompactOptions()};\n");

    private string Type() => _random.Next(8) switch
    {
        0 => Any(CarriedTypes),
        1 => $"map<{Any(Scalars)}, {Any(Scalars)}>",
        2 or 3 => Any(["A", "B", "a.A", ".a.b.A", "A.B", "Aa", "p.C"]),
        _ => Any(Scalars),
    };

    private string Number() => _random.Next(12) switch
    {
        0 => Any(["0", "-1", "19000", "536870911", "536870912", "2147483647", "0x7", "017", "99999999999999999999"]),
        _ => _random.Next(1, 12).ToString(CultureInfo.InvariantCulture),
    };

    private string Ranges() => OneIn(5) ? Any(["\"a\"", "a, b", "\"a\", \"a\""]) : $"{Number()} to {(OneIn(3) ? "max" : Number())}, {_random.Next(100, 200).ToString(CultureInfo.InvariantCulture)}";

    private string CompactOptions() => OneIn(3) ? $" [{Any(Options)}{(OneIn(3) ? ", " + Any(Options) : "")}]" : "";

    private void Enum()
    {
        Write($"{Any(["", "", "export ", "local "])}enum {Any(Names)} {{ ");
        for (int values = _random.Next(5); values >= 0; values--)
        {
            Write($"{Any(Names)}{values.ToString(CultureInfo.InvariantCulture)} = {(OneIn(6) ? Number() : values.ToString(CultureInfo.InvariantCulture))}{CompactOptions()}; ");
        }

        Write(OneIn(4) ? $"option {Any(Options)}; reserved {Ranges()}; }}\n" : "}\n");
    }

    private void Extend()
    {
        Write($"extend {Any(["A", "google.protobuf.FieldOptions", "google.protobuf.FileOptions", "google.protobuf.MessageOptions", "B"])} {{ ");
        Write($"{Any(["optional ", "repeated ", ""])}{Type()} {Any(["ext", "ext2", "a"])} = {_random.Next(99, 120).ToString(CultureInfo.InvariantCulture)}{CompactOptions()}; }}\n");
    }

    private void Service()
    {
        Write($"service {Any(Names)} {{ ");
        for (int methods = _random.Next(3); methods > 0; methods--)
        {
            Write($"rpc {Any(Names)}({Any(["", "stream "])}{Type()}) returns ({Any(["", "stream "])}{Type()}){(OneIn(2) ? ";" : $" {{ option {Any(Options)}; }}")}\n");
        }

        Write("}\n");
    }
}
