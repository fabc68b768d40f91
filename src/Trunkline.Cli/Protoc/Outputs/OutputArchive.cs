using System.IO.Compression;

namespace Trunkline.Cli.Protoc.Outputs;

/// <summary>Writes a tree as one archive: a <c>.zip</c>, a <c>.srcjar</c>, or a <c>.jar</c> with the manifest that Java wants. Equal trees give equal bytes.</summary>
internal static class OutputArchive
{
    private const string Manifest = "META-INF/MANIFEST.MF";

    // The earliest time that the format can hold.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a place is an archive, by its ending.</summary>
    public static bool IsArchive(string place)
        => IsJar(place) || place.EndsWith(".zip", StringComparison.Ordinal) || place.EndsWith(".srcjar", StringComparison.Ordinal);

    /// <summary>Writes the archive.</summary>
    /// <returns>What went wrong, or null.</returns>
    public static string? Write(string place, OutputTree tree) => OutputFolder.Try(place, () =>
    {
        // In memory first, so that no half archive is left behind.
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (IsJar(place))
            {
                Add(archive, Manifest, "Manifest-Version: 1.0\nCreated-By: 1.6.0 (protoc)\n\n"u8);
            }

            foreach (var (name, file) in tree.Files)
            {
                Add(archive, name, file);
            }
        }

        File.WriteAllBytes(place, content.ToArray());
    });

    private static bool IsJar(string place) => place.EndsWith(".jar", StringComparison.Ordinal);

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Time;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
