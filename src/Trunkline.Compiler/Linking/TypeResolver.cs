using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

/// <summary>Puts symbols in the place of type names: of fields, of what extensions extend, of methods' messages.</summary>
internal sealed class TypeResolver
{
    private readonly FileSymbol _file;
    private readonly SymbolTable _table;
    private readonly NameResolver _names;
    private readonly DiagnosticBag _diagnostics;

    private TypeResolver(FileSymbol file, SymbolTable table, DiagnosticBag diagnostics)
    {
        _file = file;
        _table = table;
        _names = new NameResolver(table, file, diagnostics);
        _diagnostics = diagnostics;
    }

    public static void Resolve(FileSymbol file, SymbolTable table, DiagnosticBag diagnostics)
    {
        var resolver = new TypeResolver(file, table, diagnostics);
        file.Messages.ForEach(resolver.ResolveMessage);
        file.Extensions.ForEach(resolver.ResolveExtension);
        foreach (MethodSymbol method in file.Services.SelectMany(service => service.Methods))
        {
            method.Input = resolver.ResolveMessageName(method.Syntax.Input.Type, method.FullName);
            method.Output = resolver.ResolveMessageName(method.Syntax.Output.Type, method.FullName);
        }
    }

    private void ResolveMessage(MessageSymbol message)
    {
        message.Messages.ForEach(ResolveMessage);
        message.Fields.ForEach(ResolveField);
        message.Extensions.ForEach(ResolveExtension);
    }

    private void ResolveExtension(FieldSymbol extension)
    {
        ResolveField(extension);

        // All extensions of one block share the name, so only the first speaks up about it.
        bool isFirst = extension.Extend!.Fields[0] == extension.Syntax;
        MessageSymbol? extendee = ResolveMessageName(extension.Extend.Extendee, extension.FullName, isExtendee: true, isSilent: !isFirst);
        if (extendee is not null)
        {
            extension.ContainingType = extendee;
            _table.DeclareExtension(extension, _diagnostics);
        }
    }

    private void ResolveField(FieldSymbol field)
    {
        if (field.TypeSyntax.Name is not { } name)
        {
            return;
        }

        // The types in map<,> are written in the message around the entry, and protoc looks them up from inside the entry.
        Symbol? symbol = _names.Find(name, field.FullName, typesOnly: true);
        CheckVisible(symbol, field.TypeSyntax);
        switch (symbol)
        {
            case MessageSymbol when field.TypeSyntax.Scalar == FieldType.Enum:
                _diagnostics.Add(new NotAnEnum(_file.Span(field.TypeSyntax), name));
                break;
            case EnumSymbol when field.TypeSyntax.Scalar is FieldType.Message or FieldType.Group:
                _diagnostics.Add(new NotAMessage(_file.Span(field.TypeSyntax), name));
                break;
            case MessageSymbol message:
                // A descriptor says of a group that it is one and names its message; source says nothing before a name.
                field.Type = field.TypeSyntax.Scalar ?? FieldType.Message;
                field.MessageType = message;
                break;
            case EnumSymbol type:
                field.Type = FieldType.Enum;
                field.EnumType = type;
                break;
            case null:
                _names.ReportNotFound(name, _file.Span(field.TypeSyntax));
                break;
            default:
                _diagnostics.Add(new NotAType(_file.Span(field.TypeSyntax), name));
                break;
        }
    }

    private MessageSymbol? ResolveMessageName(TypeSyntax type, string from, bool isExtendee = false, bool isSilent = false)
    {
        Symbol? symbol = _names.Find(type.Name!, from, typesOnly: false);
        if (isSilent)
        {
            return symbol as MessageSymbol;
        }

        CheckVisible(symbol, type, isExtendee);
        if (symbol is MessageSymbol message)
        {
            return message;
        }

        if (symbol is null)
        {
            _names.ReportNotFound(type.Name!, _file.Span(type));
        }
        else
        {
            _diagnostics.Add(new NotAMessage(_file.Span(type), type.Name!));
        }

        return null;
    }

    /// <summary>Reports the use of a type that its file keeps to itself.</summary>
    private void CheckVisible(Symbol? symbol, TypeSyntax place, bool isExtendee = false)
    {
        if (symbol is null || symbol.File == _file)
        {
            return;
        }

        (bool isExported, bool isWritten) = symbol switch
        {
            MessageSymbol message => (message.IsExported, message.Syntax?.Visibility is not null),
            EnumSymbol type => (type.IsExported, type.Syntax.Visibility is not null),
            _ => (true, false),
        };
        if (!isExported)
        {
            DefaultSymbolVisibility? byDefault = isWritten ? null : symbol.File.Options.Features.DefaultSymbolVisibility;
            _diagnostics.Add(new NotVisible(_file.Span(place), symbol.FullName, symbol.NameSpan, _file.Name, isExtendee, byDefault));
        }
    }
}
