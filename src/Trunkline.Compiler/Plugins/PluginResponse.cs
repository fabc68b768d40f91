using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Plugins;

/// <summary>
/// The answer of a plugin. It is read here and not by <see cref="CodeGeneratorResponse"/>, because content may be any bytes: plugins have always been able to
/// make files that are no text.
/// </summary>
internal sealed class PluginResponse
{
    private readonly List<Piece> _pieces = [];
    private string _error = "";
    private ulong _features;
    private int _minimumEdition;
    private int _maximumEdition;

    private PluginResponse()
    {
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are no such message.</exception>
    public static PluginResponse Read(ReadOnlySpan<byte> bytes)
    {
        var response = new PluginResponse();
        var reader = new WireReader(bytes);
        while (reader.TryReadTag(out uint tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    response._error = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case (2 << 3) | 0:
                    response._features = reader.ReadUInt64();
                    break;
                case (3 << 3) | 0:
                    response._minimumEdition = reader.ReadInt32();
                    break;
                case (4 << 3) | 0:
                    response._maximumEdition = reader.ReadInt32();
                    break;
                case (15 << 3) | 2:
                    response._pieces.Add(Piece.Read(reader.ReadBytes()));
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return response;
    }

    /// <summary>The answer as a generator gives it; null when its first piece belongs to no file.</summary>
    public GeneratedFiles? ToGeneratedFiles()
    {
        List<GeneratedFile>? files = JoinPieces();
        return files is null ? null : new GeneratedFiles
        {
            Files = files,
            Error = _error.Length == 0 ? null : _error,
            SupportedFeatures = (PluginFeatures)_features,
            MinimumEdition = (Edition)_minimumEdition,
            MaximumEdition = (Edition)_maximumEdition,
        };
    }

    // A piece without a name goes on with the piece before.
    private List<GeneratedFile>? JoinPieces()
    {
        List<GeneratedFile> files = [];
        for (int first = 0; first < _pieces.Count;)
        {
            Piece piece = _pieces[first];
            if (piece.Name.Length == 0 && piece.InsertionPoint.Length == 0)
            {
                return null;
            }

            int end = first + 1;
            while (end < _pieces.Count && _pieces[end] is { Name.Length: 0, InsertionPoint.Length: 0 })
            {
                end++;
            }

            files.Add(new GeneratedFile(piece.Name, Join(first, end)) { InsertionPoint = piece.InsertionPoint.Length == 0 ? null : piece.InsertionPoint });
            first = end;
        }

        return files;
    }

    private byte[] Join(int first, int end)
    {
        if (end == first + 1)
        {
            return _pieces[first].Content;
        }

        var content = new MemoryStream();
        for (int i = first; i < end; i++)
        {
            content.Write(_pieces[i].Content);
        }

        return content.ToArray();
    }

    private sealed record Piece(string Name, string InsertionPoint, byte[] Content)
    {
        public static Piece Read(ReadOnlySpan<byte> bytes)
        {
            var (name, point, content) = ("", "", Array.Empty<byte>());
            var reader = new WireReader(bytes);
            while (reader.TryReadTag(out uint tag))
            {
                switch (tag)
                {
                    case (1 << 3) | 2:
                        name = Encoding.UTF8.GetString(reader.ReadBytes());
                        break;
                    case (2 << 3) | 2:
                        point = Encoding.UTF8.GetString(reader.ReadBytes());
                        break;
                    case (15 << 3) | 2:
                        content = reader.ReadBytes().ToArray();
                        break;
                    default:
                        reader.Skip(tag);
                        break;
                }
            }

            return new Piece(name, point, content);
        }
    }
}
