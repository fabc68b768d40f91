namespace Trunkline.Agreement.Compilers;

/// <summary>What a compiler made of some files: their descriptor sets, one for each form, or what it printed when it refused them.</summary>
internal sealed record Outcome(IReadOnlyList<byte[]>? Sets, string Errors)
{
    public bool Compiles => Sets is not null;
}
