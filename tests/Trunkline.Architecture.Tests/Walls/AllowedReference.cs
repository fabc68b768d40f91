namespace Trunkline.Architecture.Tests.Walls;

/// <summary>One opening in the walls.</summary>
/// <param name="From">The project or room that may refer.</param>
/// <param name="To">The project or room that it may refer to.</param>
/// <param name="Reason">Why, in one line.</param>
internal sealed record AllowedReference(string From, string To, string Reason);
