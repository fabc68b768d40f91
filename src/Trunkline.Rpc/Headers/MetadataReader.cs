using System.Text;
using Trunkline.Http2;

namespace Trunkline.Rpc.Headers;

/// <summary>Reads the user's metadata out of a received header block.</summary>
internal static class MetadataReader
{
    /// <summary>Tells whether the block has anything for the user, without making objects.</summary>
    public static bool HasAny(in FieldBlock fields, MetadataBlock block)
    {
        foreach (Field field in fields)
        {
            if (!ReservedNames.IsHidden(field.Known, field.Name, block))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads all fields but those that belong to the protocol.</summary>
    /// <param name="fields">The block.</param>
    /// <param name="block">Which block it is.</param>
    /// <param name="metadata">The metadata, read-only; <see cref="Metadata.Empty"/> where there is none.</param>
    /// <returns>Null, or the name of a <c>-bin</c> field whose value is not base64.</returns>
    public static string? Read(in FieldBlock fields, MetadataBlock block, out Metadata metadata)
    {
        Metadata? result = null;
        foreach (Field field in fields)
        {
            if (ReservedNames.IsHidden(field.Known, field.Name, block))
            {
                continue;
            }

            result ??= new Metadata();
            if (!TryAdd(field, result))
            {
                metadata = result.Freeze();
                return Encoding.ASCII.GetString(field.Name);
            }
        }

        metadata = result?.Freeze() ?? Metadata.Empty;
        return null;
    }

    private static bool TryAdd(in Field field, Metadata metadata)
    {
        if (MetadataNames.IsBinary(field.Name))
        {
            return TryAddBytes(field, metadata);
        }

        // An entry cannot change, so the one made for an earlier block serves again as long as the field stands in the dynamic table.
        if (field.Tag is not Metadata.Entry entry)
        {
            entry = Metadata.Entry.ReceivedText(Encoding.ASCII.GetString(field.Name), Encoding.UTF8.GetString(field.Value));
            field.Tag = entry;
        }

        metadata.Add(entry);
        return true;
    }

    /// <summary>Several values of one name may come joined by commas.</summary>
    private static bool TryAddBytes(in Field field, Metadata metadata)
    {
        string name = Encoding.ASCII.GetString(field.Name);
        foreach (Range part in field.Value.Split((byte)','))
        {
            if (!BinaryValue.TryDecode(field.Value[part], out byte[] value))
            {
                return false;
            }

            metadata.Add(Metadata.Entry.ReceivedBytes(name, value));
        }

        return true;
    }
}
