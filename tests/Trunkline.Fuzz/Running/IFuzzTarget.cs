namespace Trunkline.Fuzz.Running;

/// <summary>A part of the engine under fuzz. An input is bytes; each target gives every byte string a meaning.</summary>
internal interface IFuzzTarget
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>Longer inputs are cut, in bytes.</summary>
    int MaxLength { get; }

    /// <summary>Makes an input out of the target's grammar: mostly sound, here and there wrong.</summary>
    byte[] Generate(Random random);

    /// <summary>Runs one input to its end. A broken law is a <see cref="BrokenLawException"/>; any other exception is a finding too.</summary>
    /// <param name="input">The input.</param>
    /// <param name="trace">Takes what the input led to.</param>
    Task ExecuteAsync(byte[] input, Trace trace);
}
