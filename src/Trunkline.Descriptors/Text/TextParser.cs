using System.Text;
using Trunkline.Descriptors.Dynamic;

namespace Trunkline.Descriptors.Text;

/// <summary>Reads the text form into messages, with the verdicts and the words of protoc.</summary>
internal sealed class TextParser
{
    private readonly TextCursor _cursor;
    private readonly TextSkipper _skipper;
    private readonly TextDepth _depth;

    public TextParser(ReadOnlyMemory<byte> text, List<TextProblem> problems)
    {
        _cursor = new TextCursor(text, problems);
        _depth = new TextDepth(_cursor);
        _skipper = new TextSkipper(_cursor, _depth);
    }

    /// <summary>Reads fields to the end of the text; false after an error.</summary>
    public bool Parse(DynamicMessage message)
    {
        while (_cursor.Kind != TextTokenKind.End)
        {
            if (!ReadField(message))
            {
                return false;
            }
        }

        return !_cursor.HasErrors;
    }

    private bool ReadField(DynamicMessage message)
    {
        if (AnyContent.TryFindFields(message.Schema, out var url, out var content) && _cursor.TryOpenName())
        {
            return ReadAny(message, url, content);
        }

        if (!ReadName(message.Schema, out var name, out var field))
        {
            return false;
        }

        if (field is null)
        {
            return _skipper.SkipAfterName() && _cursor.TrySeparator();
        }

        if (field.Descriptor.Options?.Deprecated == true)
        {
            _cursor.Warn($"text format contains deprecated field \"{name}\"");
        }

        return CheckIsFree(message, field, name) && ReadValues(message, field);
    }

    /// <summary>Reads a field's name or an extension's; the field is null where the name is reserved and its value is to be skipped.</summary>
    private bool ReadName(MessageSchema schema, out string name, out FieldSchema? field)
    {
        field = null;
        if (_cursor.TryOpenName())
        {
            return ReadExtensionName(schema, out name, out field);
        }

        if (!_cursor.TakeIdentifier(out name))
        {
            return false;
        }

        field = FindField(schema, name);
        return field is not null || schema.IsReservedName(name) || _cursor.Fail($"Message type \"{schema.FullName}\" has no field named \"{name}\".");
    }

    private bool ReadExtensionName(MessageSchema schema, out string name, out FieldSchema? field)
    {
        (name, field) = ("", null);
        if (BracketedName.Take(_cursor, needsPrefix: false) is not { } bracketed)
        {
            return false;
        }

        if (bracketed.Prefix is not null)
        {
            _cursor.FailBehindBracket("Extension name contains \"/\"");
            return false;
        }

        _cursor.Next();
        name = bracketed.FullName;
        field = FindExtension(schema, name);
        return field is not null || _cursor.Fail($"Extension \"{name}\" is not defined or is not an extension of \"{schema.FullName}\".");
    }

    private static FieldSchema? FindField(MessageSchema schema, string name)
    {
        if (schema.FindField(name) is { } field)
        {
            return field;
        }

        // A group is also called as its type is.
        return schema.FindField(name.ToLowerInvariant()) is { IsGroupLike: true } group && group.Message!.Name == name ? group : null;
    }

    /// <summary>An extension by its own name, or in a message set by the name of its type.</summary>
    private static FieldSchema? FindExtension(MessageSchema schema, string name)
    {
        if (schema.Registry.FindExtension(name) is { } extension && extension.ContainingMessage == schema)
        {
            return extension;
        }

        return schema.IsMessageSet && schema.Registry.FindMessage(name) is { } type
            ? schema.Registry.Extensions.FirstOrDefault(item => item.ContainingMessage == schema && item.ExtensionScope == type && item.Message == type
                && item.Type == FieldType.Message && item.Descriptor.Label == FieldLabel.Optional)
            : null;
    }

    private bool CheckIsFree(DynamicMessage message, FieldSchema field, string name)
    {
        if (field.IsRepeated)
        {
            return true;
        }

        if (message.Has(field))
        {
            return _cursor.Fail($"Non-repeated field \"{name}\" is specified multiple times.");
        }

        return field.Oneof is not { } oneof || message.FindSet(oneof) is not { } other
            || _cursor.Fail($"Field \"{name}\" is specified along with field \"{other.Name}\", another member of oneof \"{oneof.Name}\".");
    }

    private bool ReadValues(DynamicMessage message, FieldSchema field)
    {
        if (!(field.Kind == FieldValueKind.Message ? _cursor.TryTake(':') || true : _cursor.Take(':')))
        {
            return false;
        }

        return (field.IsRepeated && _cursor.TryTake('[') ? ReadList(message, field) : ReadValue(message, field)) && _cursor.TrySeparator();
    }

    private bool ReadList(DynamicMessage message, FieldSchema field)
    {
        if (_cursor.TryTake(']'))
        {
            return true;
        }

        while (true)
        {
            if (!ReadValue(message, field))
            {
                return false;
            }

            if (_cursor.TryTake(']'))
            {
                return true;
            }

            if (!_cursor.Take(','))
            {
                return false;
            }
        }
    }

    private bool ReadValue(DynamicMessage message, FieldSchema field)
    {
        if (field.Kind == FieldValueKind.Message)
        {
            return ReadMessage(message, field);
        }

        if (!TextScalars.Take(_cursor, field, out var value))
        {
            return false;
        }

        if (field.IsRepeated)
        {
            message.ListOf(field).Add(value);
        }
        else
        {
            message.SetUnchecked(field, value);
        }

        return true;
    }

    private bool ReadMessage(DynamicMessage message, FieldSchema field)
    {
        if (field.IsRepeated)
        {
            var element = new DynamicMessage(field.Message!);
            if (!ReadBody(element))
            {
                return false;
            }

            if (field.IsMap)
            {
                AddEntry(message, field, element);
            }
            else
            {
                message.ListOf(field).Add(element);
            }

            return true;
        }

        return ReadBody(message.OpenUnchecked(field));
    }

    /// <summary>What an entry leaves out has its default.</summary>
    private static void AddEntry(DynamicMessage message, FieldSchema field, DynamicMessage entry)
        => message.MapOf(field).Append(entry.Get(field.Message!.MapKey), entry.Get(field.Message.MapValue));

    private bool ReadBody(DynamicMessage message)
    {
        if (!_depth.Enter() || !_cursor.TakeMessageStart(out var end))
        {
            return false;
        }

        while (!_cursor.IsAt('>') && !_cursor.IsAt('}'))
        {
            if (!ReadField(message))
            {
                return false;
            }
        }

        _depth.Leave();
        return _cursor.Take(end);
    }

    /// <summary><c>[type.googleapis.com/pkg.Type] { }</c> in an Any, behind the bracket: that message, packed.</summary>
    private bool ReadAny(DynamicMessage message, FieldSchema urlField, FieldSchema contentField)
    {
        if (BracketedName.Take(_cursor, needsPrefix: true) is not { } name)
        {
            return false;
        }

        _cursor.Next();
        _cursor.TryTake(':');
        if (message.Schema.Registry.FindMessage(name.FullName) is not { } type)
        {
            return _cursor.Fail($"Could not find type \"{name.Url}\" stored in google.protobuf.Any.");
        }

        var content = new DynamicMessage(type);
        if (!ReadBody(content))
        {
            return false;
        }

        if (message.Has(urlField) || message.Has(contentField))
        {
            return _cursor.Fail("Non-repeated Any specified multiple times.");
        }

        message.SetUnchecked(urlField, name.Url);
        message.SetUnchecked(contentField, FieldValue.OfBytes(content.ToByteArray()));
        return _cursor.TrySeparator();
    }
}
