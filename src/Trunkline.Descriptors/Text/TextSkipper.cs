namespace Trunkline.Descriptors.Text;

/// <summary>Steps over the value of a field whose name is reserved: it was a field once, and what type it had is not known.</summary>
internal sealed class TextSkipper(TextCursor cursor, TextDepth depth)
{
    /// <summary>Steps over what follows a field's name; false after a report.</summary>
    public bool SkipAfterName() => cursor.TryTake(':') && !cursor.IsAtMessage ? SkipValue() : SkipMessage();

    private bool SkipField()
    {
        return SkipName() && SkipAfterName() && cursor.TrySeparator();
    }

    private bool SkipName()
    {
        if (!cursor.TryOpenName())
        {
            return cursor.TakeIdentifier(out _);
        }

        // An extension, or the type of an Any.
        return BracketedName.Take(cursor, needsPrefix: false) is not null && cursor.Take(']');
    }

    private bool SkipMessage()
    {
        if (!depth.Enter() || !cursor.TakeMessageStart(out var end))
        {
            return false;
        }

        while (!cursor.IsAt('>') && !cursor.IsAt('}'))
        {
            if (!SkipField())
            {
                return false;
            }
        }

        depth.Leave();
        return cursor.Take(end);
    }

    private bool SkipValue()
    {
        if (cursor.Kind == TextTokenKind.String)
        {
            while (cursor.Kind == TextTokenKind.String)
            {
                cursor.Next();
            }

            return true;
        }

        return cursor.TryTake('[') ? SkipList() : SkipScalar();
    }

    private bool SkipList()
    {
        if (cursor.TryTake(']'))
        {
            return true;
        }

        if (!depth.Enter())
        {
            return false;
        }

        while (true)
        {
            if (!(cursor.IsAtMessage ? SkipMessage() : SkipValue()))
            {
                return false;
            }

            if (cursor.TryTake(']'))
            {
                depth.Leave();
                return true;
            }

            if (!cursor.Take(','))
            {
                return false;
            }
        }
    }

    private bool SkipScalar()
    {
        var isNegative = cursor.TryTake('-');
        if (cursor.Kind is not (TextTokenKind.Integer or TextTokenKind.Float or TextTokenKind.Identifier))
        {
            return cursor.Fail($"Cannot skip field value, unexpected token: {cursor.Text}");
        }

        var word = cursor.Text.ToLowerInvariant();
        if (isNegative && cursor.Kind == TextTokenKind.Identifier && word is not ("inf" or "infinity" or "nan"))
        {
            return cursor.Fail($"Invalid float number: {word}");
        }

        cursor.Next();
        return true;
    }
}
