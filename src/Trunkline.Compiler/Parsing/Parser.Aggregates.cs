using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Parsing;

/// <content>Messages in text form, as values of options.</content>
internal sealed partial class Parser
{
    private const int DeepestAggregate = 99;

    private AggregateSyntax? ParseAggregate(ReadOnlySpan<byte> closing, int depth)
    {
        if (depth > DeepestAggregate)
        {
            _tokens.Fail(new NestedTooDeep(_tokens.CurrentSpan, "option values"));
            return null;
        }

        var aggregate = new AggregateSyntax { First = _tokens.Position };
        _tokens.Advance();
        while (!_tokens.TryConsume(closing))
        {
            if (_tokens.AtEnd)
            {
                _tokens.Fail("Unexpected end of stream while parsing aggregate value.");
                return null;
            }

            AggregateFieldSyntax? field = ParseAggregateField(depth);
            if (field is null)
            {
                return null;
            }

            aggregate.Fields.Add(field);
            _ = _tokens.TryConsume(","u8) || _tokens.TryConsume(";"u8);
        }

        return Finish(aggregate, aggregate.First);
    }

    private AggregateFieldSyntax? ParseAggregateField(int depth)
    {
        var field = new AggregateFieldSyntax { First = _tokens.Position };
        if (!ParseAggregateName(field))
        {
            return null;
        }

        field.Last = _tokens.Position - 1;
        field.HasColon = _tokens.TryConsume(":"u8);
        if (!field.HasColon && !_tokens.LookingAt("{"u8) && !_tokens.LookingAt("<"u8) && !_tokens.LookingAt("["u8))
        {
            _tokens.Fail($"Expected \":\", found \"{_tokens.CurrentTextForReport}\".");
            return null;
        }

        ValueSyntax? value = ParseAggregateValue(depth);
        if (value is null)
        {
            return null;
        }

        field.Value = value;
        return field;
    }

    private bool ParseAggregateName(AggregateFieldSyntax field)
    {
        if (!_tokens.TryConsume("["u8))
        {
            NameSyntax? name = _tokens.ConsumeIdentifier($"Expected identifier, got: {_tokens.CurrentTextForReport}");
            field.Name = name?.Text ?? "";
            return name is not null;
        }

        field.IsExtension = true;
        NameSyntax? extension = _tokens.ConsumeDottedName("Expected identifier.");
        if (extension is null)
        {
            return false;
        }

        field.Name = extension.Text;
        while (_tokens.TryConsume("/"u8))
        {
            NameSyntax? type = _tokens.ConsumeDottedName("Expected identifier.");
            if (type is null)
            {
                return false;
            }

            field.UrlPrefix = field.UrlPrefix is null ? field.Name : $"{field.UrlPrefix}/{field.Name}";
            field.Name = type.Text;
        }

        return _tokens.Consume("]"u8);
    }

    private ValueSyntax? ParseAggregateValue(int depth)
    {
        if (_tokens.LookingAt("{"u8))
        {
            return ParseAggregate("}"u8, depth + 1);
        }

        if (_tokens.LookingAt("<"u8))
        {
            return ParseAggregate(">"u8, depth + 1);
        }

        return _tokens.LookingAt("["u8) ? ParseList(depth) : ParseScalar("Expected a value.", word => true);
    }

    private ListSyntax? ParseList(int depth)
    {
        var list = new ListSyntax { First = _tokens.Position };
        _tokens.Advance();
        if (!_tokens.LookingAt("]"u8))
        {
            do
            {
                if (_tokens.LookingAt("["u8))
                {
                    _tokens.Fail("Expected a value.");
                    return null;
                }

                ValueSyntax? item = ParseAggregateValue(depth);
                if (item is null)
                {
                    return null;
                }

                list.Items.Add(item);
            }
            while (_tokens.TryConsume(","u8));
        }

        return _tokens.Consume("]"u8) ? Finish(list, list.First) : null;
    }
}
