using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Sources;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Parsing;

/// <summary>
/// Reads tokens into a tree. A statement that cannot be read is reported once and skipped to its end, then reading goes on; so there is a tree for any input and
/// one file can show several faults. Whether what was read makes sense is decided later.
/// </summary>
internal sealed partial class Parser
{
    private readonly TokenStream _tokens;
    private readonly FileSyntax _file;

    private Parser(SourceFile source, Token[] tokens, DiagnosticBag diagnostics)
    {
        _file = new FileSyntax(source, tokens);
        _tokens = new TokenStream(source, tokens, diagnostics);
    }

    public static FileSyntax Parse(SourceFile source, DiagnosticBag diagnostics)
    {
        int before = diagnostics.ErrorCount;
        Token[] tokens = Lexer.Tokenize(source, diagnostics);
        FileSyntax file = new Parser(source, tokens, diagnostics).ParseFile();
        file.HasErrors = diagnostics.ErrorCount > before;
        return file;
    }

    private FileSyntax ParseFile()
    {
        if (!ParseSyntaxStatement())
        {
            // Nothing that follows can be judged without knowing the language.
            Finish(_file, 0);
            return _file;
        }

        while (!_tokens.AtEnd)
        {
            if (_tokens.LookingAt("}"u8))
            {
                _tokens.Fail(new UnmatchedBrace(_tokens.CurrentSpan));
                _tokens.Advance();
            }
            else if (!ParseTopLevelStatement())
            {
                SkipStatement();
            }
        }

        Finish(_file, 0);
        return _file;
    }

    private bool ParseSyntaxStatement()
    {
        bool isEdition = _tokens.LookingAt("edition"u8);
        if (!isEdition && !_tokens.LookingAt("syntax"u8))
        {
            return true;
        }

        var statement = new SyntaxStatement { First = _tokens.Position, IsEdition = isEdition };
        _tokens.Advance();
        if (!_tokens.Consume("="u8))
        {
            return false;
        }

        statement.Value = _tokens.ConsumeString("Expected syntax identifier.");
        if (statement.Value is null || !ConsumeEnd(";"u8, statement))
        {
            return false;
        }

        _file.SyntaxStatement = Finish(statement, statement.First);
        return isEdition ? TrySetEdition(statement.Value) : TrySetSyntax(statement.Value);
    }

    private bool TrySetEdition(StringSyntax value)
    {
        if (SourceEditions.Find(value.Text) is not { } edition)
        {
            return _tokens.Fail(new UnknownEdition(_file.Span(value), value.Text));
        }

        _file.Level = SyntaxLevel.Editions;
        _file.Edition = edition;
        return true;
    }

    private bool TrySetSyntax(StringSyntax value)
    {
        if (value.Text is not ("proto2" or "proto3"))
        {
            return _tokens.Fail(new UnrecognizedSyntax(_file.Span(value), value.Text));
        }

        bool isProto3 = value.Text == "proto3";
        _file.Level = isProto3 ? SyntaxLevel.Proto3 : SyntaxLevel.Proto2;
        _file.Edition = isProto3 ? Edition.Proto3 : Edition.Proto2;
        return true;
    }

    private bool ParseTopLevelStatement()
    {
        if (TryConsumeEnd(";"u8, null))
        {
            return true;
        }

        if (!TryParseVisibility(out SymbolVisibility? visibility))
        {
            return false;
        }

        if (_tokens.LookingAt("message"u8))
        {
            return Add(_file.Statements, ParseMessage(depth: 0, visibility));
        }

        if (_tokens.LookingAt("enum"u8))
        {
            return Add(_file.Statements, ParseEnum(visibility));
        }

        if (_tokens.LookingAt("service"u8))
        {
            return Add(_file.Statements, ParseService());
        }

        if (_tokens.LookingAt("extend"u8))
        {
            return Add(_file.Statements, ParseExtend(depth: -1));
        }

        if (_tokens.LookingAt("import"u8))
        {
            return Add(_file.Statements, ParseImport());
        }

        if (_tokens.LookingAt("package"u8))
        {
            return Add(_file.Statements, ParsePackage());
        }

        if (_tokens.LookingAt("option"u8))
        {
            return Add(_file.Statements, ParseOptionStatement());
        }

        return _tokens.Fail("Expected top-level statement (e.g. \"message\").");
    }

    private ImportSyntax? ParseImport()
    {
        var import = new ImportSyntax { First = _tokens.Position };
        _tokens.Advance();
        SourceSpan afterKeyword = _tokens.CurrentSpan;
        ParseImportKind(import);
        if (import.Kind != ImportKind.Option && _file.Statements.Exists(statement => statement is ImportSyntax { Kind: ImportKind.Option }))
        {
            _tokens.Fail(new ImportAfterOptionImport(afterKeyword));
        }

        import.Path = _tokens.ConsumeString("Expected a string naming the file to import.");
        return import.Path is not null && ConsumeEnd(";"u8, import) ? Finish(import, import.First) : null;
    }

    private void ParseImportKind(ImportSyntax import)
    {
        import.Kind = _tokens.LookingAt("public"u8) ? ImportKind.Public
            : _tokens.LookingAt("weak"u8) ? ImportKind.Weak
            : _tokens.LookingAt("option"u8) ? ImportKind.Option
            : ImportKind.Plain;
        switch (import.Kind)
        {
            case ImportKind.Plain:
                return;
            case ImportKind.Weak when _file.Edition >= Edition.Edition2024:
                _tokens.Fail(new WeakImportRemoved(_tokens.CurrentSpan));
                break;
            case ImportKind.Option when _file.Edition < Edition.Edition2024:
                _tokens.Fail(new OptionImportTooEarly(_tokens.CurrentSpan));
                break;
        }

        import.KindToken = _tokens.Position;
        _tokens.Advance();
    }

    /// <summary>
    /// Reads <c>export</c> or <c>local</c>, which are words of the language from edition 2024 on; false after a report that no message or enum follows.
    /// </summary>
    private bool TryParseVisibility(out SymbolVisibility? visibility)
    {
        visibility = _file.Edition < Edition.Edition2024 ? null
            : _tokens.LookingAt("export"u8) ? SymbolVisibility.Export
            : _tokens.LookingAt("local"u8) ? SymbolVisibility.Local
            : null;
        if (visibility is null)
        {
            return true;
        }

        _tokens.Advance();
        return _tokens.LookingAt("message"u8) || _tokens.LookingAt("enum"u8) || _tokens.Fail(new VisibilityOfOther(_tokens.CurrentSpan));
    }

    private PackageSyntax? ParsePackage()
    {
        if (_file.Statements.Find(statement => statement is PackageSyntax) is { } first)
        {
            _tokens.Fail(new MultiplePackages(_tokens.CurrentSpan, _file.Span(first)));
        }

        var package = new PackageSyntax { First = _tokens.Position };
        _tokens.Advance();
        package.Name = _tokens.ConsumeDottedName("Expected identifier.");
        return package.Name is not null && ConsumeEnd(";"u8, package) ? Finish(package, package.First) : null;
    }

    /// <summary>Adds what could be read; false asks the caller to skip the rest of a statement that could not.</summary>
    private static bool Add<T>(List<T> list, T? node)
        where T : SyntaxNode
    {
        if (node is null)
        {
            return false;
        }

        list.Add(node);
        return true;
    }

    private T Finish<T>(T node, int first)
        where T : SyntaxNode
    {
        node.First = first;
        node.Last = Math.Max(first, _tokens.Position - 1);
        return node;
    }

    /// <summary>Takes the token that ends a declaration or opens its body, where the comments of <paramref name="owner"/> attach.</summary>
    private bool TryConsumeEnd(ReadOnlySpan<byte> text, SyntaxNode? owner)
    {
        if (!_tokens.LookingAt(text))
        {
            return false;
        }

        _file.Ends.Add(new DeclarationEnd(_tokens.Position, owner));
        _tokens.Advance();
        return true;
    }

    private bool ConsumeEnd(ReadOnlySpan<byte> text, SyntaxNode? owner)
        => TryConsumeEnd(text, owner) || _tokens.Fail($"Expected \"{System.Text.Encoding.ASCII.GetString(text)}\".");

    /// <summary>Skips to behind the next semicolon or block, but not past the brace that closes the body around the statement.</summary>
    private void SkipStatement()
    {
        while (!_tokens.AtEnd && !_tokens.LookingAt("}"u8))
        {
            if (TryConsumeEnd(";"u8, null))
            {
                return;
            }

            if (_tokens.TryConsume("{"u8))
            {
                SkipRestOfBlock();
                return;
            }

            _tokens.Advance();
        }
    }

    private void SkipRestOfBlock()
    {
        int depth = 1;
        while (!_tokens.AtEnd && depth > 0)
        {
            if (_tokens.LookingAt("{"u8))
            {
                depth++;
            }
            else if (_tokens.LookingAt("}"u8))
            {
                depth--;
            }

            _tokens.Advance();
        }
    }

    private delegate bool StatementReader<in TOwner>(TOwner owner);

    /// <summary>
    /// Reads statements up to the closing brace, skipping those that fail. <paramref name="what"/> names the body when the file ends inside it. A semicolon alone is
    /// a statement in most bodies, but not where only fields stand.
    /// </summary>
    private bool ParseBody<TOwner>(TOwner owner, string what, StatementReader<TOwner> readStatement, bool mayHaveEmptyStatements = true)
    {
        while (!TryConsumeEnd("}"u8, null))
        {
            if (_tokens.AtEnd)
            {
                return _tokens.Fail(new EndOfInputInBody(_tokens.CurrentSpan, what));
            }

            bool isEmpty = mayHaveEmptyStatements && TryConsumeEnd(";"u8, null);
            if (!isEmpty && !readStatement(owner))
            {
                SkipStatement();
            }
        }

        return true;
    }
}
