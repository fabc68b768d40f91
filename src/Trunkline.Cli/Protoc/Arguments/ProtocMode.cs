namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>What a run is for; one run does one of these.</summary>
internal enum ProtocMode
{
    /// <summary>Compile files and write what the output flags ask for.</summary>
    Compile,

    /// <summary>Turn a message in text format into its binary form.</summary>
    Encode,

    /// <summary>Turn a binary message into text format.</summary>
    Decode,

    /// <summary>List the field numbers that messages have left.</summary>
    PrintFreeFieldNumbers,

    /// <summary>Print the help and nothing else.</summary>
    Help,

    /// <summary>Print the version and nothing else.</summary>
    Version,

    /// <summary>Print whose work the program contains and nothing else.</summary>
    Notices,
}
