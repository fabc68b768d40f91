namespace Trunkline.Compiler.Lexing;

internal static class CharacterClass
{
    public static bool IsLetter(byte value) => (uint)((value | 0x20) - 'a') <= 'z' - 'a' || value == '_';

    public static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    public static bool IsOctalDigit(byte value) => (uint)(value - '0') <= 7;

    public static bool IsHexDigit(byte value) => IsDigit(value) || (uint)((value | 0x20) - 'a') <= 'f' - 'a';

    public static bool IsAlphanumeric(byte value) => IsLetter(value) || IsDigit(value);

    public static bool IsWhitespaceInLine(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\v' or (byte)'\f';

    public static int HexValue(byte value) => IsDigit(value) ? value - '0' : (value | 0x20) - 'a' + 10;
}
