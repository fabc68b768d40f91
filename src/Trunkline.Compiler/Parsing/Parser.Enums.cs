using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Parsing;

/// <content>Enums.</content>
internal sealed partial class Parser
{
    private EnumSyntax? ParseEnum(SymbolVisibility? visibility)
    {
        int first = _tokens.Position;
        _tokens.Advance();
        NameSyntax? name = _tokens.ConsumeIdentifier("Expected enum name.");
        if (name is null)
        {
            return null;
        }

        var type = new EnumSyntax { First = first, Name = name, Visibility = visibility };
        if (!ConsumeEnd("{"u8, type))
        {
            return null;
        }

        ParseBody(type, "enum definition", ParseEnumStatement);
        return Finish(type, first);
    }

    private bool ParseEnumStatement(EnumSyntax type)
    {
        if (_tokens.LookingAt("option"u8))
        {
            return Add(type.Members, ParseOptionStatement());
        }

        return _tokens.LookingAt("reserved"u8)
            ? Add(type.Members, ParseReserved(ofEnum: true))
            : Add(type.Members, ParseEnumValue());
    }

    private EnumValueSyntax? ParseEnumValue()
    {
        var value = new EnumValueSyntax { First = _tokens.Position };
        NameSyntax? name = _tokens.ConsumeIdentifier("Expected enum constant name.");
        if (name is null || !_tokens.Consume("="u8, "Missing numeric value for enum constant."))
        {
            return null;
        }

        IntegerSyntax? number = _tokens.ConsumeInteger("Expected integer.", mayBeNegative: true);
        if (number is null)
        {
            return null;
        }

        value.Name = name;
        value.Number = number;
        if (_tokens.LookingAt("["u8) && (value.Options = ParseCompactOptions(field: null)) is null)
        {
            return null;
        }

        return ConsumeEnd(";"u8, value) ? Finish(value, value.First) : null;
    }
}
