namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>How findings print.</summary>
internal enum ErrorFormat
{
    /// <summary><c>file:line:column: message</c>.</summary>
    Gcc,

    /// <summary><c>file(line) : error in column=N: message</c>.</summary>
    Msvs,

    /// <summary>For a person: with the line of source, the place underlined, and a hint.</summary>
    Human,
}
