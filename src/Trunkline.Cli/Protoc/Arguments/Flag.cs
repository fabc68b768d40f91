namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>Enters what a flag says.</summary>
/// <returns>What is wrong with it, or null.</returns>
internal delegate string? FlagAction(ProtocArguments arguments, string flag, string value);

/// <summary>One flag of the command line.</summary>
/// <param name="Name">The name with its dashes.</param>
/// <param name="TakesValue">Whether the value may be the next word; a flag that takes none may still have one behind an equals sign, which protoc ignores.</param>
/// <param name="Take">Enters what it says.</param>
internal sealed record Flag(string Name, bool TakesValue, FlagAction Take);
