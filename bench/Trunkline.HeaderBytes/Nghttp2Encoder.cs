using System.Runtime.InteropServices;

namespace Trunkline.HeaderBytes;

/// <summary>The encoder of nghttp2, which nghttp, h2load and curl use: Debian's library, called as it is.</summary>
internal sealed unsafe partial class Nghttp2Encoder : IHeaderEncoder
{
    private const string Library = "libnghttp2.so.14";
    private const nuint TableSize = 4096;
    private const byte NoIndex = 1;

    private nint _deflater;

    public Nghttp2Encoder() => Check(nghttp2_hd_deflate_new(out _deflater, TableSize));

    public byte[] Encode(HeaderField[] block)
    {
        var pins = new List<GCHandle>();
        try
        {
            var fields = new Field[block.Length];
            for (var i = 0; i < block.Length; i++)
            {
                fields[i] = new Field
                {
                    Name = Pin(block[i].Name, pins),
                    NameLength = (nuint)block[i].Name.Length,
                    Value = Pin(block[i].Value, pins),
                    ValueLength = (nuint)block[i].Value.Length,
                    Flags = block[i].IsSecret ? NoIndex : (byte)0,
                };
            }

            fixed (Field* first = fields)
            {
                var room = new byte[nghttp2_hd_deflate_bound(_deflater, first, (nuint)fields.Length)];
                fixed (byte* destination = room)
                {
                    return room[..(int)Check(nghttp2_hd_deflate_hd(_deflater, destination, (nuint)room.Length, first, (nuint)fields.Length))];
                }
            }
        }
        finally
        {
            pins.ForEach(static pin => pin.Free());
        }
    }

    public void Dispose()
    {
        nghttp2_hd_deflate_del(_deflater);
        _deflater = 0;
    }

    private static byte* Pin(byte[] bytes, List<GCHandle> pins)
    {
        var pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        pins.Add(pin);
        return (byte*)pin.AddrOfPinnedObject();
    }

    private static nint Check(nint result) => result >= 0 ? result : throw new InvalidOperationException($"nghttp2 says error {result}");

#pragma warning disable IDE1006, SA1300 // The names are the library's.
    [LibraryImport(Library)]
    private static partial int nghttp2_hd_deflate_new(out nint deflater, nuint tableSize);

    [LibraryImport(Library)]
    private static partial nuint nghttp2_hd_deflate_bound(nint deflater, Field* fields, nuint count);

    [LibraryImport(Library)]
    private static partial nint nghttp2_hd_deflate_hd(nint deflater, byte* destination, nuint length, Field* fields, nuint count);

    [LibraryImport(Library)]
    private static partial void nghttp2_hd_deflate_del(nint deflater);
#pragma warning restore IDE1006, SA1300

    // nghttp2_nv of nghttp2.h.
    [StructLayout(LayoutKind.Sequential)]
    private struct Field
    {
        public byte* Name;
        public byte* Value;
        public nuint NameLength;
        public nuint ValueLength;
        public byte Flags;
    }
}
