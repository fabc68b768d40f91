using System.Reflection.Emit;

namespace Trunkline.Architecture.Tests.Assemblies;

/// <summary>What follows each opcode of intermediate language (ECMA-335 III.1.2), taken from the runtime's own table.</summary>
internal static class OperandSizes
{
    private const byte TwoByteLead = 0xFE;

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    /// <summary>Calls back with every metadata token in a method body.</summary>
    public static void ForEachToken(ReadOnlySpan<byte> body, Action<int> visit)
    {
        while (!body.IsEmpty)
        {
            var value = body[0] == TwoByteLead ? (ushort)((TwoByteLead << 8) | body[1]) : body[0];
            body = body[(value > byte.MaxValue ? 2 : 1)..];
            var kind = OpCodesByValue[value].OperandType;
            if (kind is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                visit(BitConverter.ToInt32(body));
            }

            body = body[SizeOf(kind, body)..];
        }
    }

    private static int SizeOf(OperandType kind, ReadOnlySpan<byte> operand) => kind switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(operand)),
        _ => 4,
    };
}
