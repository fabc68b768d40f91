using System.Globalization;
using System.Text;

namespace Trunkline.Build.States;

/// <summary>
/// The state as text: one record a line, its kind first, fields with tabs between. What a path may hold and a line may not is written as <c>%XX</c>. A file that does
/// not read as this version writes it counts as none, which means to build everything.
/// </summary>
internal static class StateFile
{
    private const string Header = "trunkline protobuf 2";
    private const char Separator = '\t';
    private const char ListSeparator = '|';

    /// <summary>Reads the state of the last build; null when there is none that can be understood.</summary>
    public static BuildState? Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return lines.Length > 1 && string.Equals(lines[0], Header, StringComparison.Ordinal) && string.Equals(lines[^1], "end", StringComparison.Ordinal)
            ? new Reading().Read(lines.AsSpan(1, lines.Length - 2))
            : null;
    }

    /// <summary>Writes the state as text.</summary>
    public static string Write(BuildState state)
    {
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var text = new StringBuilder(Header).Append('\n');
        Line("tool", state.Tool.Files, state.Tool.Mark);
        Line("settings", state.Settings);
        foreach (var path in state.Absent)
        {
            Line("absent", path);
        }

        foreach (var source in state.Sources)
        {
            Line("in", GroupOf(source.Group), source.Path, Number(source.Stamp.Size), Number(source.Stamp.Time), source.Hash, List(source.Imports), List(source.Declarations));
        }

        foreach (var item in state.Items)
        {
            Line("item", GroupOf(item.Group), item.Path, item.Key, item.IsCompiled ? "compiled" : "");
            foreach (var output in item.Outputs)
            {
                Line("out", output.Path, Number(output.Stamp.Size), Number(output.Stamp.Time));
            }
        }

        foreach (var warning in state.Warnings)
        {
            Line(
                "warning", warning.Owner, warning.Code, warning.File, Number(warning.Line), Number(warning.Column), Number(warning.EndLine), Number(warning.EndColumn),
                warning.Message);
        }

        return text.Append("end\n").ToString();

        string GroupOf(string group)
        {
            if (!groups.TryGetValue(group, out var number))
            {
                groups.Add(group, number = groups.Count);
                Line("group", group);
            }

            return Number(number);
        }

        void Line(string kind, params ReadOnlySpan<string> fields)
        {
            text.Append(kind);
            foreach (var field in fields)
            {
                text.Append(Separator).Append(Escape(field));
            }

            text.Append('\n');
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string List(string[] entries)
    {
        var copies = new string[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            copies[i] = entries[i].Replace("%", "%25", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal);
        }

        return string.Join(ListSeparator, copies);
    }

    private static string[] Entries(string list)
    {
        if (list.Length == 0)
        {
            return [];
        }

        var entries = list.Split(ListSeparator);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = Items.ItemText.Unescape(entries[i]);
        }

        return entries;
    }

    private static string Escape(string field)
        => field.AsSpan().IndexOfAny("%\t\r\n") < 0
            ? field
            : field.Replace("%", "%25", StringComparison.Ordinal).Replace("\t", "%09", StringComparison.Ordinal)
                .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    /// <summary>A state while it is read.</summary>
    private sealed class Reading
    {
        private readonly List<string> _groups = [];
        private readonly List<string> _absent = [];
        private readonly List<SourceRecord> _sources = [];
        private readonly List<ItemRecord> _items = [];
        private readonly List<WarningRecord> _warnings = [];

        private ToolStamp? _tool;
        private string? _settings;
        private List<OutputRecord>? _outputs;

        public BuildState? Read(ReadOnlySpan<string> lines)
        {
            foreach (var line in lines)
            {
                var fields = line.Split(Separator);
                for (var i = 0; i < fields.Length; i++)
                {
                    fields[i] = Items.ItemText.Unescape(fields[i]);
                }

                if (!Take(fields))
                {
                    return null;
                }
            }

            return _tool is null || _settings is null
                ? null
                : new BuildState { Tool = _tool, Settings = _settings, Absent = _absent, Sources = _sources, Items = _items, Warnings = _warnings };
        }

        private bool Take(string[] fields)
        {
            switch (fields[0])
            {
                case "tool" when fields.Length == 3:
                    _tool = new ToolStamp(fields[1], fields[2]);
                    return true;
                case "settings" when fields.Length == 2:
                    _settings = fields[1];
                    return true;
                case "absent" when fields.Length == 2:
                    _absent.Add(fields[1]);
                    return true;
                case "group" when fields.Length == 2:
                    _groups.Add(fields[1]);
                    return true;
                case "in" when fields.Length == 8:
                    return Group(fields[1]) is { } group && Stamp(fields[3], fields[4]) is { } stamp
                        && Add(_sources, new SourceRecord(group, fields[2], stamp, fields[5], Entries(fields[6]), Entries(fields[7])));
                case "item" when fields.Length == 5:
                    _outputs = [];
                    return Group(fields[1]) is { } home && Add(_items, new ItemRecord(fields[2], home, fields[3], fields[4].Length > 0, _outputs));
                case "out" when fields.Length == 4 && _outputs is not null:
                    return Stamp(fields[2], fields[3]) is { } written && Add(_outputs, new OutputRecord(fields[1], written));
                case "warning" when fields.Length == 9:
                    return Warning(fields) is { } warning && Add(_warnings, warning);
                default:
                    return false;
            }
        }

        private string? Group(string number) => int.TryParse(number, out var index) && index >= 0 && index < _groups.Count ? _groups[index] : null;

        private static FileStamp? Stamp(string size, string time)
            => long.TryParse(size, out var bytes) && long.TryParse(time, out var ticks) ? new FileStamp(bytes, ticks) : null;

        private static WarningRecord? Warning(string[] fields)
            => int.TryParse(fields[4], out var line) && int.TryParse(fields[5], out var column) && int.TryParse(fields[6], out var endLine) && int.TryParse(fields[7], out var endColumn)
                ? new WarningRecord(fields[1], fields[2], fields[3], line, column, endLine, endColumn, fields[8])
                : null;

        private static bool Add<T>(List<T> list, T record)
        {
            list.Add(record);
            return true;
        }
    }
}
