namespace Trunkline.Descriptors.Text;

/// <summary>
/// A name in brackets: an extension's full name, or the URL of a type, whose last part is the type's full name. Between the brackets stand the
/// characters that URLs may have, and space anywhere, which does not count.
/// </summary>
/// <param name="Prefix">What stands before the last slash; null without a slash.</param>
/// <param name="FullName">What stands behind it.</param>
internal sealed record BracketedName(string? Prefix, string FullName)
{
    private const string UrlSymbols = "-._~/!$&()*+,;=%";

    /// <summary>The name as it was written.</summary>
    public string Url => Prefix is null ? FullName : $"{Prefix}/{FullName}";

    /// <summary>Takes what follows an opening bracket; null after a report.</summary>
    public static BracketedName? Take(TextCursor cursor, bool needsPrefix)
    {
        if (cursor.TakeBracketed(UrlSymbols) is not { } text)
        {
            return null;
        }

        var slash = text.LastIndexOf('/');
        var name = new BracketedName(slash < 0 ? null : text[..slash], text[(slash + 1)..]);
        if (name.FindProblem(needsPrefix) is not { } problem)
        {
            return name;
        }

        cursor.FailBehindBracket(problem);
        return null;
    }

    private string? FindProblem(bool needsPrefix)
    {
        if (Prefix is { Length: 0 })
        {
            return "Type URL prefix is empty";
        }

        if (FindBrokenPercent() is { } broken)
        {
            return $"Invalid percent encode, got: \"{broken}\"";
        }

        return FullName.Split('.').FirstOrDefault(part => !IsIdentifier(part)) is { } part
            ? $"Invalid identifier in type name, got: \"{part}\""
            : needsPrefix && Prefix is null ? "Type URL prefix is missing" : null;
    }

    /// <summary>The first percent sign of the prefix without two hex digits behind it, with what stands there.</summary>
    private string? FindBrokenPercent()
    {
        var prefix = Prefix is null ? "" : Prefix + "/";
        for (var index = prefix.IndexOf('%', StringComparison.Ordinal); index >= 0; index = prefix.IndexOf('%', index + 1))
        {
            var code = prefix.AsSpan(index, Math.Min(3, prefix.Length - index));
            if (code.Length < 3 || !char.IsAsciiHexDigit(code[1]) || !char.IsAsciiHexDigit(code[2]))
            {
                return code.ToString();
            }
        }

        return null;
    }

    private static bool IsIdentifier(string part)
        => part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(next => char.IsAsciiLetterOrDigit(next) || next == '_');
}
