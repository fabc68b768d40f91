using System.Globalization;

namespace Trunkline.Descriptors.Text;

/// <summary>Reads the value of a field that holds no message.</summary>
internal static class TextScalars
{
    /// <summary>Takes a value; false after a report.</summary>
    public static bool Take(TextCursor cursor, FieldSchema field, out FieldValue value)
    {
        switch (field.Kind)
        {
            case FieldValueKind.Int32:
                var isTaken = cursor.TakeSigned(int.MaxValue, out var signed);
                value = (int)signed;
                return isTaken;
            case FieldValueKind.Int64:
                isTaken = cursor.TakeSigned(long.MaxValue, out signed);
                value = signed;
                return isTaken;
            case FieldValueKind.UInt32:
                isTaken = cursor.TakeUnsigned(uint.MaxValue, out var unsigned);
                value = (uint)unsigned;
                return isTaken;
            case FieldValueKind.UInt64:
                isTaken = cursor.TakeUnsigned(ulong.MaxValue, out unsigned);
                value = unsigned;
                return isTaken;
            case FieldValueKind.Float:
                isTaken = cursor.TakeDouble(out var number);
                value = TextNumbers.ToFloat(number);
                return isTaken;
            case FieldValueKind.Double:
                isTaken = cursor.TakeDouble(out number);
                value = number;
                return isTaken;
            case FieldValueKind.Bool:
                return TakeBool(cursor, field, out value);
            case FieldValueKind.Enum:
                return TakeEnum(cursor, field, out value);
            default:
                isTaken = cursor.TakeString(out var bytes);
                value = field.Kind == FieldValueKind.String ? FieldValue.OfUtf8(bytes) : FieldValue.OfBytes(bytes);
                return isTaken;
        }
    }

    private static bool TakeBool(TextCursor cursor, FieldSchema field, out FieldValue value)
    {
        if (cursor.Kind == TextTokenKind.Integer)
        {
            var isTaken = cursor.TakeUnsigned(1, out var number);
            value = number == 1;
            return isTaken;
        }

        value = default;
        if (!cursor.TakeIdentifier(out var word))
        {
            return false;
        }

        value = word is "true" or "True" or "t";
        return word is "true" or "True" or "t" or "false" or "False" or "f"
            || cursor.Fail($"Invalid value for boolean field \"{field.Name}\". Value: \"{word}\".");
    }

    private static bool TakeEnum(TextCursor cursor, FieldSchema field, out FieldValue value)
    {
        value = default;
        var type = field.Enum!;
        if (cursor.Kind == TextTokenKind.Identifier)
        {
            cursor.TakeIdentifier(out var name);
            if (type.FindNumber(name) is not { } named)
            {
                return Unknown(name);
            }

            value = FieldValue.OfEnum(named);
            return true;
        }

        if (!cursor.IsAt('-') && cursor.Kind != TextTokenKind.Integer)
        {
            return cursor.Fail($"Expected integer or identifier, got: {cursor.Text}");
        }

        if (!cursor.TakeSigned(int.MaxValue, out var number))
        {
            return false;
        }

        value = FieldValue.OfEnum((int)number);
        return !field.IsClosedEnum || type.FindName((int)number) is not null || Unknown(number.ToString(CultureInfo.InvariantCulture));

        bool Unknown(string what) => cursor.Fail($"Unknown enumeration value of \"{what}\" for field \"{field.Name}\".");
    }
}
