namespace Trunkline.Build.Items;

/// <summary>One <c>Protobuf</c> item of a project, with its metadata read and checked.</summary>
internal sealed record ProtobufItem
{
    /// <summary>The item as written, for messages.</summary>
    public required string Include { get; init; }

    /// <summary>The file.</summary>
    public required string FullPath { get; init; }

    /// <summary>The folders to search for imports, the file's own root first.</summary>
    public required IReadOnlyList<string> ImportDirectories { get; init; }

    /// <summary>Where the code of messages goes.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Where the code of services goes.</summary>
    public required string GrpcOutputDirectory { get; init; }

    /// <summary>Whether the item itself says where its code goes.</summary>
    public required bool ChoosesOutput { get; init; }

    /// <summary>Whether the code is compiled with the project.</summary>
    public required bool CompileOutputs { get; init; }

    /// <summary>The options of the generator of messages, as one would write them after <c>--csharp_opt=</c>.</summary>
    public required string Parameter { get; init; }

    /// <summary>The options of the generator of services, as one would write them after <c>--grpc_opt=</c>; null when none are wanted.</summary>
    public required string? GrpcParameter { get; init; }

    /// <summary>Files that search the same folders form one compilation: this tells which.</summary>
    public string Group => string.Join('|', ImportDirectories);

    /// <summary>All else that decides what comes out, apart from the content of files.</summary>
    public string Key => string.Join('|', OutputDirectory, GrpcOutputDirectory, Parameter, GrpcParameter ?? "-");
}
