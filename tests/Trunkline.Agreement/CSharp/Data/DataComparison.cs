using System.Globalization;
using Trunkline.Agreement.CSharp.Generation;
using Trunkline.Agreement.CSharp.Sets;
using Trunkline.Descriptors;
using MessageDescriptor = Google.Protobuf.Reflection.MessageDescriptor;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>Gives the same bytes to the code of both generators, and compares what they do with them.</summary>
internal sealed class DataComparison
{
    /// <summary>The one way in which two messages may be less alike for protoc's code than for ours.</summary>
    public const string HashesOfEquals = "equality: protoc's code gives messages different hashes that it calls equal, when a field is set to its default in one alone";

    /// <summary>What protoc does to the defaults of fields.</summary>
    public const string CutNumbers = "defaults: protoc's code has six digits of a floating-point number that has more";

    private readonly FileSet _set;
    private readonly SchemaRegistry _schemas;
    private readonly ILookup<MessageSchema, FieldSchema> _extensions;
    private readonly GeneratedTypes _ours;
    private readonly GeneratedTypes _theirs;
    private readonly Findings _findings;
    private readonly HashSet<string> _editions;

    public DataComparison(FileSet set, IReadOnlyList<FileDescriptorProto> files, LoadedCode ours, LoadedCode theirs, Findings findings)
    {
        _set = set;
        _schemas = SchemaRegistry.Create(files);
        _ours = new GeneratedTypes(ours);
        _theirs = new GeneratedTypes(theirs);
        _extensions = _schemas.Extensions.Where(extension => _ours.ExtensionsByName.ContainsKey(extension.FullName)).ToLookup(extension => extension.ContainingMessage);
        _findings = findings;
        _editions = FilesOnEditions(files);
    }

    /// <summary>Compares, with so many random messages of each type.</summary>
    public void Run(int seed, int messagesOfType)
    {
        var files = new HashSet<string>(_set.Files, StringComparer.Ordinal);
        foreach (MessageSchema schema in _schemas.Messages.Where(schema => !schema.IsMapEntry && (files.Contains(schema.File) || _extensions.Contains(schema))))
        {
            if (_ours.Find(schema.FullName) is { } ours && _theirs.Find(schema.FullName) is { } theirs)
            {
                _findings.Types++;
                Compare(schema, ours, theirs, new Random(Seed(seed, schema.FullName)), messagesOfType);
            }
        }
    }

    // The same for a type however the types around it change.
    private static int Seed(int seed, string name) => name.Aggregate(seed, (hash, letter) => unchecked((hash * 16777619) ^ letter));

    // Their descriptors mean to the runtime what they say only in our code, and their messages may be inside those of other files.
    private static HashSet<string> FilesOnEditions(IEnumerable<FileDescriptorProto> files)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (FileDescriptorProto file in files.Where(file => FileSet.IsGenerated(file.Name!) && (file.Syntax == "editions" || file.Dependencies.Exists(found.Contains))))
        {
            found.Add(file.Name!);
        }

        return found;
    }

    private void Compare(MessageSchema schema, MessageDescriptor ourType, MessageDescriptor theirType, Random random, int count)
    {
        bool onEditions = _editions.Contains(schema.File);
        foreach ((string aspect, string difference) in SpecJudge.JudgeFacts(schema, ourType))
        {
            Add(schema, aspect, difference);
        }

        var messages = new RandomMessages(random, _extensions);
        var variants = new WireVariants(random, messages);
        MessageObserver ours = new(_ours, ourType), theirs = new(_theirs, theirType);
        List<byte[]> whole = [];
        for (int number = 0; number < count; number++)
        {
            DynamicMessage message = messages.Make(schema);
            whole.Add(message.ToByteArray());
            bool isWhole = true;
            foreach (byte[] bytes in variants.Of(message))
            {
                byte[] others = whole[random.Next(whole.Count)];
                Observation seen = ours.Observe(bytes, others);
                _findings.Inputs++;
                foreach ((string aspect, string mine, string other) in seen.Differences(theirs.Observe(bytes, others), withReflective: !onEditions))
                {
                    Add(schema, aspect, mine, other, Example(bytes, others, mine, other));
                }

                if (onEditions && isWhole && messages.AreNumbersKnown && SpecJudge.JudgeMessage(message, seen) is (var wrong, var how))
                {
                    Add(schema, wrong, $"\n    bytes {Convert.ToHexString(bytes)}{how}");
                }

                isWhole = false;
            }
        }

        ComparePairs(schema, ours, theirs, whole);
    }

    private void ComparePairs(MessageSchema schema, MessageObserver ours, MessageObserver theirs, List<byte[]> messages)
    {
        foreach ((byte[] left, byte[] right) in messages.Zip(messages.Skip(1)).Concat(messages.Select(message => (message, WithDefaults(schema, message)))))
        {
            string mine = ours.Compare(left, right), other = theirs.Compare(left, right);
            if (mine == other)
            {
                continue;
            }

            if (mine == "equal" && other == "equal with different hashes" && !ours.Canonical(left).AsSpan().SequenceEqual(ours.Canonical(right)))
            {
                _findings.Add(HashesOfEquals, $"{schema.FullName}{Example(left, right, mine, other)}");
                continue;
            }

            Add(schema, "equality", Example(left, right, mine, other));
        }
    }

    /// <summary>The message with a field set to its default that was not set: a difference that is only one of presence.</summary>
    private static byte[] WithDefaults(MessageSchema schema, byte[] bytes)
    {
        DynamicMessage message = DynamicMessage.Read(schema, bytes);
        FieldSchema? field = schema.Fields.FirstOrDefault(
            field => field is { HasPresence: true, IsRepeated: false, Oneof: null } && field.Kind != FieldValueKind.Message && !message.Has(field));
        if (field is not null)
        {
            message.Set(field, field.DefaultValue);
        }

        return message.ToByteArray();
    }

    private static string Example(byte[] bytes, byte[] others, string ours, string theirs)
        => $"\n    bytes {Convert.ToHexString(bytes)}\n    others {Convert.ToHexString(others)}\n    ours:   {ours}\n    protoc: {theirs}";

    private void Add(MessageSchema schema, string aspect, string mine, string other, string example)
    {
        if (IsCutNumber(mine, other))
        {
            _findings.Add(CutNumbers, $"{schema.FullName}: {aspect}{example}");
        }
        else
        {
            Add(schema, aspect, example);
        }
    }

    // A value alone, or among the other things that reflection says of its field.
    private static bool IsCutNumber(string mine, string other)
    {
        string[] left = mine.Split(", "), right = other.Split(", ");
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First == pair.Second
            || (double.TryParse(pair.First, CultureInfo.InvariantCulture, out double exact) && exact.ToString("G6", CultureInfo.InvariantCulture) == pair.Second));
    }

    private void Add(MessageSchema schema, string aspect, string example) => _findings.Add($"{_set.Tree.Name}/{schema.File}: {schema.FullName}: {aspect}", example);
}
