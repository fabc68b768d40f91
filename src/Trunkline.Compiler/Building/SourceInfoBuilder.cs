using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Building;

/// <summary>
/// Writes down where everything stands, in the order in which protoc writes it: an element before its parts, parts in the order in which they are read. Paths are the
/// field numbers of descriptor.proto that lead to the element.
/// </summary>
internal sealed class SourceInfoBuilder
{
    private readonly FileSymbol _file;
    private readonly FileSyntax _syntax;
    private readonly SourceCodeInfo _info = new();
    private readonly List<int> _path = [];
    private readonly Dictionary<SyntaxNode, AttachedComments> _comments;

    private readonly bool _retainOptions;

    private SourceInfoBuilder(FileSymbol file, bool retainOptions)
    {
        _file = file;
        _retainOptions = retainOptions;
        _syntax = file.Syntax;
        _comments = CommentAttacher.Attach(_syntax);
    }

    /// <summary>Builds the source info of a file without errors.</summary>
    /// <param name="file">The file.</param>
    /// <param name="retainOptions">Whether the descriptor has options that are for the compiler alone.</param>
    public static SourceCodeInfo Build(FileSymbol file, bool retainOptions)
    {
        var builder = new SourceInfoBuilder(file, retainOptions);
        builder.AddFile();
        return builder._info;
    }

    private void AddFile()
    {
        Add(_syntax);
        if (_syntax.SyntaxStatement is { } statement)
        {
            // protoc puts the edition, too, where the syntax would be.
            AddAt(statement, 12);
        }

        var counts = new Counters();
        foreach (SyntaxNode node in _syntax.Statements)
        {
            switch (node)
            {
                case PackageSyntax:
                    AddAt(node, 2);
                    break;
                case ImportSyntax import:
                    AddImport(import, counts);
                    break;
                case MessageSyntax message:
                    AddMessage(message, 4, counts.Messages++);
                    break;
                case EnumSyntax type:
                    AddEnum(type, 5, counts.Enums++);
                    break;
                case ServiceSyntax service:
                    AddService(service, counts.Services++);
                    break;
                case ExtendSyntax extend:
                    AddExtend(extend, 7, 4, counts);
                    break;
                case OptionSyntax option:
                    AddOptionStatement(option, 8);
                    break;
            }
        }
    }

    /// <summary>How many of each kind an element has had so far: the next index.</summary>
    private sealed class Counters
    {
        public int Imports { get; set; }

        public int OptionImports { get; set; }

        public int PublicImports { get; set; }

        public int WeakImports { get; set; }

        public int Messages { get; set; }

        public int Enums { get; set; }

        public int Services { get; set; }

        public int Fields { get; set; }

        public int Extensions { get; set; }

        public int Oneofs { get; set; }

        public int Ranges { get; set; }

        public int ReservedRanges { get; set; }

        public int ReservedNames { get; set; }
    }

    private void AddImport(ImportSyntax import, Counters counts)
    {
        if (import.Kind == ImportKind.Option)
        {
            AddAt(import, 15, counts.OptionImports++);
            return;
        }

        AddAt(import, 3, counts.Imports++);
        if (import.Kind == ImportKind.Public)
        {
            AddTokensAt(import.KindToken, import.KindToken, 10, counts.PublicImports++);
        }
        else if (import.Kind == ImportKind.Weak)
        {
            AddTokensAt(import.KindToken, import.KindToken, 11, counts.WeakImports++);
        }
    }

    private void AddMessage(MessageSyntax message, int number, int index)
    {
        Push(number, index);
        Add(message);
        AddAt(message.Name, 1);
        AddMembers(message);
        Pop(2);
    }

    private void AddMembers(MessageSyntax message)
    {
        var counts = new Counters();
        foreach (SyntaxNode member in message.Members)
        {
            switch (member)
            {
                case FieldSyntax field:
                    AddField(field, 2, counts.Fields++, null, 3, counts);
                    break;
                case MessageSyntax nested:
                    AddMessage(nested, 3, counts.Messages++);
                    break;
                case EnumSyntax type:
                    AddEnum(type, 4, counts.Enums++);
                    break;
                case OneofSyntax oneof:
                    AddOneof(oneof, counts);
                    break;
                case ExtendSyntax extend:
                    AddExtend(extend, 6, 3, counts);
                    break;
                case ExtensionsSyntax extensions:
                    AddExtensionRanges(extensions, counts);
                    break;
                case ReservedSyntax reserved:
                    AddReserved(reserved, 9, 10, counts);
                    break;
                case OptionSyntax option:
                    AddOptionStatement(option, 7);
                    break;
            }
        }
    }

    private void AddField(FieldSyntax field, int number, int index, ExtendSyntax? extend, int nestedNumber, Counters counts)
    {
        Push(number, index);
        Add(field);
        if (extend is not null)
        {
            AddAt(extend.Extendee, 2);
        }

        if (field.LabelToken >= 0 && _syntax.Tokens[field.LabelToken].Kind == TokenKind.Identifier)
        {
            AddTokensAt(field.LabelToken, field.LabelToken, 4);
        }

        AddAt(field.Type, field.Type.Scalar is null ? 6 : 5);
        AddAt(field.Name, 1);
        AddAt(field.Number, 3);
        AddCompactOptions(field.Options, 8);
        if (field.GroupBody is { } group)
        {
            AddGroup(field, group, nestedNumber, counts.Messages++);
        }
        else if (field.Type.IsMap)
        {
            // The entry type takes an index among the nested messages and has no place of its own.
            counts.Messages++;
        }

        Pop(2);
    }

    /// <summary>A group declares a field and a message at once, so places overlap: the message's stand among those of the field.</summary>
    private void AddGroup(FieldSyntax field, MessageSyntax group, int nestedNumber, int index)
    {
        int[] fieldPath = [.. _path];
        Pop(2);
        Push(nestedNumber, index);
        Add(group);
        AddAt(group.Name, 1);
        int[] groupPath = [.. _path];
        SetPath(fieldPath);
        AddAt(field.Name, 6);
        SetPath(groupPath);
        AddMembers(group);
        SetPath(fieldPath);
    }

    private void AddOneof(OneofSyntax oneof, Counters counts)
    {
        Push(8, counts.Oneofs++);
        Add(oneof);
        AddAt(oneof.Name, 1);
        foreach (SyntaxNode member in oneof.Members)
        {
            if (member is OptionSyntax option)
            {
                AddOptionStatement(option, 2);
                continue;
            }

            int[] oneofPath = [.. _path];
            Pop(2);
            AddField((FieldSyntax)member, 2, counts.Fields++, null, 3, counts);
            SetPath(oneofPath);
        }

        Pop(2);
    }

    private void AddExtend(ExtendSyntax extend, int number, int nestedNumber, Counters counts)
    {
        AddAt(extend, number);
        foreach (FieldSyntax field in extend.Fields)
        {
            AddField(field, number, counts.Extensions++, extend, nestedNumber, counts);
        }
    }

    private void AddExtensionRanges(ExtensionsSyntax extensions, Counters counts)
    {
        AddAt(extensions, 5);
        int first = counts.Ranges;
        foreach (RangeSyntax range in extensions.Ranges)
        {
            AddRange(range, 5, counts.Ranges++);
        }

        for (int i = first; i < counts.Ranges; i++)
        {
            Push(5, i);
            AddCompactOptions(extensions.Options, 3);
            Pop(2);
        }
    }

    private void AddReserved(ReservedSyntax reserved, int rangeNumber, int nameNumber, Counters counts)
    {
        if (reserved.Names.Count > 0)
        {
            AddAt(reserved, nameNumber);
            foreach (StringSyntax name in reserved.Names)
            {
                AddAt(name, nameNumber, counts.ReservedNames++);
            }

            return;
        }

        AddAt(reserved, rangeNumber);
        foreach (RangeSyntax range in reserved.Ranges)
        {
            AddRange(range, rangeNumber, counts.ReservedRanges++);
        }
    }

    private void AddRange(RangeSyntax range, int number, int index)
    {
        Push(number, index);
        Add(range);
        AddAt(range.Start, 1);
        AddAt(range.End, 2);
        Pop(2);
    }

    private void AddEnum(EnumSyntax type, int number, int index)
    {
        Push(number, index);
        Add(type);
        AddAt(type.Name, 1);
        var counts = new Counters();
        foreach (SyntaxNode member in type.Members)
        {
            switch (member)
            {
                case EnumValueSyntax value:
                    Push(2, counts.Fields++);
                    Add(value);
                    AddAt(value.Name, 1);
                    AddAt(value.Number, 2);
                    AddCompactOptions(value.Options, 3);
                    Pop(2);
                    break;
                case ReservedSyntax reserved:
                    AddReserved(reserved, 4, 5, counts);
                    break;
                case OptionSyntax option:
                    AddOptionStatement(option, 3);
                    break;
            }
        }

        Pop(2);
    }

    private void AddService(ServiceSyntax service, int index)
    {
        Push(6, index);
        Add(service);
        AddAt(service.Name, 1);
        int methods = 0;
        foreach (SyntaxNode member in service.Members)
        {
            if (member is OptionSyntax option)
            {
                AddOptionStatement(option, 3);
            }
            else
            {
                AddMethod((MethodSyntax)member, methods++);
            }
        }

        Pop(2);
    }

    private void AddMethod(MethodSyntax method, int index)
    {
        Push(2, index);
        Add(method);
        AddAt(method.Name, 1);
        AddMethodType(method.Input, streamNumber: 5, typeNumber: 2);
        AddMethodType(method.Output, streamNumber: 6, typeNumber: 3);
        method.Options.ForEach(option => AddOptionStatement(option, 4));
        Pop(2);
    }

    private void AddMethodType(MethodTypeSyntax part, int streamNumber, int typeNumber)
    {
        if (part.StreamToken >= 0)
        {
            AddTokensAt(part.StreamToken, part.StreamToken, streamNumber);
        }

        AddAt(part.Type, typeNumber);
    }

    /// <summary>The statement has two places: one for the options as a whole, and one, with the comments, for what it sets.</summary>
    private void AddOptionStatement(OptionSyntax option, int number)
    {
        if (!IsAllGone(option))
        {
            AddTokensAt(option.First, option.Last, number);
        }

        AddOption(option, number);
    }

    private void AddOption(OptionSyntax option, int number)
    {
        if (_file.OptionPlaces.TryGetValue(option, out OptionPlace? place) && (_retainOptions || !place.IsSourceOnly))
        {
            Push(number);
            _path.AddRange(place.Path);
            Add(option);
            Pop(place.Path.Length + 1);
        }
    }

    private bool IsAllGone(OptionSyntax option) => !_retainOptions && _file.OptionPlaces.TryGetValue(option, out OptionPlace? place) && place.IsAllGone;

    private void AddCompactOptions(CompactOptionsSyntax? options, int number)
    {
        if (options is null)
        {
            return;
        }

        if (!options.Items.Exists(item => item is OptionSyntax option && IsAllGone(option)))
        {
            AddAt(options, number);
        }

        foreach (SyntaxNode item in options.Items)
        {
            switch (item)
            {
                case DefaultSyntax:
                    AddAt(item, 7);
                    break;
                case JsonNameSyntax json:
                    AddAt(json, 10);
                    AddAt(json.Value, 10);
                    break;
                case OptionSyntax option:
                    AddOption(option, number);
                    break;
            }
        }
    }

    private void AddAt(SyntaxNode node, int number)
    {
        Push(number);
        Add(node);
        Pop(1);
    }

    private void AddAt(SyntaxNode node, int number, int index)
    {
        Push(number, index);
        Add(node);
        Pop(2);
    }

    private void AddTokensAt(int first, int last, params ReadOnlySpan<int> below)
    {
        _path.AddRange(below);
        AddLocation(first, last);
        Pop(below.Length);
    }

    private void Add(SyntaxNode node)
    {
        SourceLocation location = AddLocation(node.First, Math.Max(node.First, node.Last));
        if (_comments.TryGetValue(node, out AttachedComments? comments))
        {
            location.LeadingComments = comments.Leading.Length > 0 ? comments.Leading : null;
            location.TrailingComments = comments.Trailing.Length > 0 ? comments.Trailing : null;
            location.LeadingDetachedComments.AddRange(comments.Detached);
        }
    }

    private SourceLocation AddLocation(int firstToken, int lastToken)
    {
        Token first = _syntax.Tokens[firstToken];

        // A file without a token ends at its start, wherever its comments end.
        Token last = first.Kind == TokenKind.End ? default : _syntax.Tokens[lastToken];
        var location = new SourceLocation();
        location.Path.AddRange(_path);
        location.Span.Add(first.Line);
        location.Span.Add(first.Column);
        if (last.Line != first.Line)
        {
            location.Span.Add(last.Line);
        }

        location.Span.Add(last.EndColumn);
        _info.Locations.Add(location);
        return location;
    }

    private void Push(params ReadOnlySpan<int> numbers) => _path.AddRange(numbers);

    private void Pop(int count) => _path.RemoveRange(_path.Count - count, count);

    private void SetPath(int[] path)
    {
        _path.Clear();
        _path.AddRange(path);
    }
}
