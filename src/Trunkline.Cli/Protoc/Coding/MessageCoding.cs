using System.Text;
using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc.Coding;

/// <summary>
/// <c>--encode</c>, <c>--decode</c> and <c>--decode_raw</c>: a message from the standard input to the standard output, from one form to the other.
/// </summary>
internal sealed class MessageCoding(ProtocArguments arguments, ProtocConsole console)
{
    /// <summary>What every failure to read ends with.</summary>
    private const string ParseFailure = "Failed to parse input.";

    /// <summary>Decodes without a type: every field is printed by its number.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? DecodeRaw()
    {
        var empty = new FileDescriptorProto { Name = "empty_message.proto", MessageTypes = { new DescriptorProto { Name = "EmptyMessage" } } };
        return Decode(SchemaRegistry.Create(empty).FindMessage("EmptyMessage")!);
    }

    /// <summary>Encodes or decodes a message of the type asked for.</summary>
    /// <param name="files">The files that declare it and all that they import.</param>
    /// <returns>What went wrong, or null.</returns>
    public string? Run(IEnumerable<FileDescriptorProto> files)
    {
        SchemaRegistry registry;
        try
        {
            registry = SchemaRegistry.Create(files);
        }
        catch (SchemaException exception)
        {
            return exception.Message;
        }

        if (registry.FindMessage(arguments.CodecType) is not { } schema)
        {
            return $"Type not defined: {arguments.CodecType}";
        }

        return arguments.Mode == ProtocMode.Encode ? Encode(schema) : Decode(schema);
    }

    private string? Encode(MessageSchema schema)
    {
        if (ReadInput() is not { } text)
        {
            return "input: I/O error.";
        }

        var message = new DynamicMessage(schema);
        var isRead = TextFormat.TryParse(text, message, out var problems);
        foreach (var problem in problems)
        {
            console.Errors.WriteLine(Describe(problem));
        }

        if (!isRead)
        {
            return ParseFailure;
        }

        WarnOfMissingFields(message);
        foreach (var field in message.FindInvalidTexts())
        {
            console.Errors.WriteLine(
                $"String field '{field.FullName}' contains invalid UTF-8 data when serializing a protocol buffer. "
                + "Use the 'bytes' type if you intend to send raw bytes.");
        }

        return WriteOutput(message.ToByteArray(arguments.DeterministicOutput));
    }

    private string? Decode(MessageSchema schema)
    {
        if (ReadInput() is not { } bytes)
        {
            return "input: I/O error.";
        }

        var message = new DynamicMessage(schema);
        try
        {
            message.MergeFrom(bytes);
        }
        catch (DescriptorFormatException exception)
        {
            return $"input: byte {exception.Offset}, field {exception.FieldNumber}: {exception.Problem}\n{ParseFailure}";
        }

        WarnOfMissingFields(message);
        return WriteOutput(Encoding.ASCII.GetBytes(TextFormat.Print(message)));
    }

    private void WarnOfMissingFields(DynamicMessage message)
    {
        var missing = message.FindMissingFields();
        if (missing.Count > 0)
        {
            console.Errors.WriteLine($"warning:  Input message is missing required fields:  {string.Join(", ", missing)}");
        }
    }

    // As protoc has it: a warning says so twice in the form for Visual Studio.
    private string Describe(TextProblem problem) => (arguments.ErrorFormat, problem.IsWarning) switch
    {
        (ErrorFormat.Msvs, true) => $"input({problem.Line}) : warning in column={problem.Column}: warning: {problem.Message}",
        (ErrorFormat.Msvs, false) => $"input({problem.Line}) : error in column={problem.Column}: {problem.Message}",
        _ => $"input:{problem}",
    };

    private byte[]? ReadInput()
    {
        try
        {
            using var input = console.OpenInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (IOException)
        {
            // The caller says so in protoc's words.
            return null;
        }
    }

    private string? WriteOutput(byte[] bytes)
    {
        try
        {
            using var output = console.OpenOutput();
            output.Write(bytes);
            return null;
        }
        catch (IOException)
        {
            return "output: I/O error.";
        }
    }
}
