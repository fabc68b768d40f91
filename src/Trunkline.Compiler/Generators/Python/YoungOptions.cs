using System.Buffers;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>
/// protoc 3.21 writes the options that its own descriptor.proto has by number, and behind them everything else as the source has it. To that compiler the options that
/// descriptor.proto got since are a part of everything else; here they are put where it has them. (It takes them at all where the newer descriptor.proto is imported.)
/// </summary>
internal sealed class YoungOptions
{
    // Paths in source info are made of the field numbers of descriptor.proto; so are the lists of young options.
    private const int FieldOptionsNumber = 8;
    private const int MessageOptionsNumber = 7;
    private const int RangeOptionsNumber = 3;
    private const int EnumOptionsNumber = 3;
    private const int ValueOptionsNumber = 3;

    private readonly List<SourceLocation> _places;

    private YoungOptions(List<SourceLocation> places) => _places = places;

    /// <summary>Reorders the options of a file that has places still.</summary>
    public static void Reorder(FileDescriptorProto file)
    {
        var options = new YoungOptions(file.SourceCodeInfo?.Locations ?? []);
        options.Visit(file.MessageTypes, [4]);
        options.Visit(file.EnumTypes, [5]);
        options.Visit(file.Extensions, [7]);
    }

    // As deep as messages nest, which the parser bounds.
    private void Visit(List<DescriptorProto> messages, int[] path)
    {
        for (var index = 0; index < messages.Count; index++)
        {
            DescriptorProto message = messages[index];
            int[] here = [.. path, index];
            if (message.Options?.DeprecatedLegacyJsonFieldConflicts is not null)
            {
                message.Options = Reordered(message.Options, [11], [.. here, MessageOptionsNumber], MessageOptions.Read);
            }

            Visit(message.Fields, [.. here, 2]);
            Visit(message.NestedTypes, [.. here, 3]);
            Visit(message.EnumTypes, [.. here, 4]);
            Visit(message.ExtensionRanges, [.. here, 5]);
            Visit(message.Extensions, [.. here, 6]);
        }
    }

    private void Visit(List<FieldDescriptorProto> fields, int[] path)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index].Options is { } options && IsYoung(options))
            {
                fields[index].Options = Reordered(options, [16, 17, 18, 19, 20, 22], [.. path, index, FieldOptionsNumber], FieldOptions.Read);
            }
        }
    }

    private static bool IsYoung(FieldOptions options)
        => options.DebugRedact is not null || options.Retention is not null || options.Targets.Count > 0 || options.EditionDefaults.Count > 0
            || options.FeatureSupport is not null;

    private void Visit(List<EnumDescriptorProto> enums, int[] path)
    {
        for (var index = 0; index < enums.Count; index++)
        {
            if (enums[index].Options is { DeprecatedLegacyJsonFieldConflicts: not null } options)
            {
                enums[index].Options = Reordered(options, [6], [.. path, index, EnumOptionsNumber], EnumOptions.Read);
            }

            for (var value = 0; value < enums[index].Values.Count; value++)
            {
                if (enums[index].Values[value].Options is { } valueOptions && (valueOptions.DebugRedact is not null || valueOptions.FeatureSupport is not null))
                {
                    enums[index].Values[value].Options = Reordered(valueOptions, [3, 4], [.. path, index, 2, value, ValueOptionsNumber], EnumValueOptions.Read);
                }
            }
        }
    }

    private void Visit(List<ExtensionRange> ranges, int[] path)
    {
        // Ranges of one statement share its options, whose places are those of the first.
        for (var index = 0; index < ranges.Count; index++)
        {
            if (ranges[index].Options is { } options && (options.Verification is not null || options.Declarations.Count > 0))
            {
                ranges[index].Options = Reordered(options, [2, 3], [.. path, index, RangeOptionsNumber], ExtensionRangeOptions.Read);
            }
        }
    }

    private T Reordered<T>(T options, int[] young, int[] path, ReadOnly<T> read)
        where T : DescriptorMessage
    {
        var known = new ArrayBufferWriter<byte>();
        List<(int Number, byte[] Bytes)> others = [];
        foreach (var (number, bytes) in Records(options.ToByteArray().AsSpan()[..^options.UnknownFields.Length]))
        {
            if (young.Contains(number))
            {
                others.Add((number, bytes));
            }
            else
            {
                known.Write(bytes);
            }
        }

        others.AddRange(Records(options.UnknownFields.Span));
        T reordered = read(known.WrittenSpan);
        reordered.UnknownFields = InSourceOrder(others, path);
        return reordered;
    }

    private byte[] InSourceOrder(List<(int Number, byte[] Bytes)> records, int[] path)
    {
        var ordered = new ArrayBufferWriter<byte>();
        foreach (SourceLocation place in _places.Where(place => place.Path.Count > path.Length && path.SequenceEqual(place.Path.Take(path.Length))))
        {
            var next = records.FindIndex(record => record.Number == place.Path[path.Length]);
            if (next >= 0)
            {
                ordered.Write(records[next].Bytes);
                records.RemoveAt(next);
            }
        }

        records.ForEach(record => ordered.Write(record.Bytes));
        return ordered.WrittenSpan.ToArray();
    }

    private static List<(int Number, byte[] Bytes)> Records(ReadOnlySpan<byte> bytes)
    {
        List<(int Number, byte[] Bytes)> records = [];
        var reader = new WireReader(bytes);
        var start = reader.Position;
        while (reader.TryReadTag(out var tag))
        {
            reader.Skip(tag);
            records.Add(((int)(tag >> 3), reader.Since(start).ToArray()));
            start = reader.Position;
        }

        return records;
    }

    private delegate T ReadOnly<out T>(ReadOnlySpan<byte> bytes);
}
