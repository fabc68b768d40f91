using Trunkline.Build.Items;

namespace Trunkline.Build.Generations;

/// <summary>One file of code before it is written.</summary>
/// <param name="Item">The item that it came from.</param>
/// <param name="Path">Where it goes.</param>
/// <param name="Content">What will stand in it.</param>
internal sealed record GeneratedCode(ProtobufItem Item, string Path, ReadOnlyMemory<byte> Content);
