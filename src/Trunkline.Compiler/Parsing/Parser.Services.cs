using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Parsing;

/// <content>Services and methods.</content>
internal sealed partial class Parser
{
    private ServiceSyntax? ParseService()
    {
        int first = _tokens.Position;
        _tokens.Advance();
        NameSyntax? name = _tokens.ConsumeIdentifier("Expected service name.");
        if (name is null)
        {
            return null;
        }

        var service = new ServiceSyntax { First = first, Name = name };
        if (!ConsumeEnd("{"u8, service))
        {
            return null;
        }

        ParseBody(service, "service definition", body => _tokens.LookingAt("option"u8)
            ? Add(body.Members, ParseOptionStatement())
            : Add(body.Members, ParseMethod()));
        return Finish(service, first);
    }

    private MethodSyntax? ParseMethod()
    {
        var method = new MethodSyntax { First = _tokens.Position };
        if (!_tokens.Consume("rpc"u8))
        {
            return null;
        }

        NameSyntax? name = _tokens.ConsumeIdentifier("Expected method name.");
        MethodTypeSyntax? input = name is null ? null : ParseMethodType();
        if (input is null || !_tokens.Consume("returns"u8))
        {
            return null;
        }

        MethodTypeSyntax? output = ParseMethodType();
        if (output is null)
        {
            return null;
        }

        method.Name = name!;
        method.Input = input;
        method.Output = output;
        if (!_tokens.LookingAt("{"u8))
        {
            return ConsumeEnd(";"u8, method) ? Finish(method, method.First) : null;
        }

        method.HasBody = true;
        ConsumeEnd("{"u8, method);
        ParseBody(method, "method options", body => Add(body.Options, ParseOptionStatement()));
        return Finish(method, method.First);
    }

    private MethodTypeSyntax? ParseMethodType()
    {
        if (!_tokens.Consume("("u8))
        {
            return null;
        }

        var part = new MethodTypeSyntax { First = _tokens.Position };
        if (_tokens.LookingAt("stream"u8))
        {
            part.StreamToken = _tokens.Position;
            _tokens.Advance();
        }

        TypeSyntax? type = ParseNamedType();
        if (type is null)
        {
            return null;
        }

        part.Type = type;
        Finish(part, part.First);
        return _tokens.Consume(")"u8) ? part : null;
    }
}
