namespace Trunkline.Fuzz.Connections;

/// <summary>Makes scripts. Every byte string is one; these have options of everyday and steps of all kinds, sound ones more often.</summary>
internal static class ScriptInputs
{
    public const int MaxLength = 1024;

    // Streams and what happens on them, then the rest, by the numbers of ConnectionScript's steps.
    private static readonly byte[] Steps = [0, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 11, 12, 12, 13, 14, 15, 16, 16, 17, 17, 18, 18, 18, 18, 19, 19, 20, 21, 22, 23];

    public static byte[] Generate(Random random)
    {
        bool isPlain = random.Next(3) > 0;
        List<byte> script = [(byte)random.Next(isPlain ? 0x30 : 0x00, 0xFF)];
        for (int i = 0; i < 3; i++)
        {
            script.Add((byte)(isPlain ? 0 : random.Next(256)));
        }

        // Preface and first SETTINGS: the first two steps are what every connection begins with.
        script.Add((byte)random.Next(isPlain ? 0x3D : 0x100));
        script.Add(0);
        for (int steps = random.Next(3, 40); steps > 0; steps--)
        {
            script.Add((byte)(Steps[random.Next(Steps.Length)] + (24 * random.Next(10))));
            for (int operands = random.Next(2, 5); operands > 0; operands--)
            {
                script.Add((byte)(random.Next(3) == 0 ? random.Next(8) : random.Next(256)));
            }
        }

        return [.. script];
    }
}
