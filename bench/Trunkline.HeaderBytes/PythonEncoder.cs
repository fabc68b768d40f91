using System.Diagnostics;
using System.Globalization;

namespace Trunkline.HeaderBytes;

/// <summary>The encoder of Python's hpack, which h2 and httpx use, in a process of its own. A line is a block in hex.</summary>
internal sealed class PythonEncoder : IHeaderEncoder
{
    private const string Script = """
        import sys
        from hpack import Encoder, HeaderTuple, NeverIndexedHeaderTuple
        encoder = Encoder()
        for line in sys.stdin:
            fields = []
            for field in line.split():
                secret, name, value = field.split('=')
                make = NeverIndexedHeaderTuple if secret == '1' else HeaderTuple
                fields.append(make(bytes.fromhex(name), bytes.fromhex(value)))
            print(encoder.encode(fields).hex(), flush=True)
        """;

    private readonly Process _process = Process.Start(
        new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public byte[] Encode(HeaderField[] block)
    {
        _process.StandardInput.WriteLine(string.Join(' ', block.Select(static field => string.Create(
            CultureInfo.InvariantCulture, $"{(field.IsSecret ? 1 : 0)}={Convert.ToHexStringLower(field.Name)}={Convert.ToHexStringLower(field.Value)}"))));
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("python3-hpack ended early");
        return Convert.FromHexString(line);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
