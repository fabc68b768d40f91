using Trunkline.Compiler;

namespace Trunkline.Build.Generations;

/// <summary>The two generators of a C# project; tests put others in their place.</summary>
/// <param name="Messages">Generates messages.</param>
/// <param name="Services">Generates clients and servers.</param>
internal sealed record GeneratorSet(IGenerator Messages, IGenerator Services)
{
    /// <summary>Our own.</summary>
    public static GeneratorSet CSharp { get; } = new(new CSharpGenerator(), new CSharpGrpcGenerator());
}
