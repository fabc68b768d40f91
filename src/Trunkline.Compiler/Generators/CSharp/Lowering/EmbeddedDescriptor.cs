using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Lowering;

/// <summary>
/// The descriptor that generated code carries: without places and comments, and without JSON names that follow from the field names. That of an edition is
/// lowered, and carries the original in turn.
/// </summary>
internal static class EmbeddedDescriptor
{
    /// <summary>The descriptor to embed for <paramref name="file"/>.</summary>
    public static FileDescriptorProto Of(FileDescriptorProto file, SchemaRegistry schemas)
    {
        var copy = Compact(file);
        if (string.Equals(copy.Syntax, "editions", StringComparison.Ordinal))
        {
            var original = copy.ToByteArray();
            DescriptorLowering.Lower(copy, schemas);
            OriginalDescriptor.Attach(copy, original);
        }

        return copy;
    }

    private static FileDescriptorProto Compact(FileDescriptorProto file)
    {
        var copy = FileDescriptorProto.Read(file.ToByteArray());
        copy.SourceCodeInfo = null;
        DropJsonNames(copy.Extensions);
        foreach (var message in copy.MessageTypes)
        {
            DropJsonNames(message);
        }

        return copy;
    }

    private static void DropJsonNames(DescriptorProto message)
    {
        DropJsonNames(message.Fields);
        DropJsonNames(message.Extensions);
        foreach (var nested in message.NestedTypes)
        {
            DropJsonNames(nested);
        }
    }

    private static void DropJsonNames(List<FieldDescriptorProto> fields)
    {
        foreach (var field in fields)
        {
            if (string.Equals(field.JsonName, DefaultJsonName(field.Name!), StringComparison.Ordinal))
            {
                field.JsonName = null;
            }
        }
    }

    private static string DefaultJsonName(string name)
    {
        var letters = new List<char>(name.Length);
        var upper = false;
        foreach (var letter in name)
        {
            if (letter != '_')
            {
                letters.Add(upper && char.IsAsciiLetterLower(letter) ? char.ToUpperInvariant(letter) : letter);
            }

            upper = letter == '_';
        }

        return string.Concat(letters);
    }
}
