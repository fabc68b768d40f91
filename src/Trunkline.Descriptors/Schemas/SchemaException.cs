namespace Trunkline.Descriptors;

/// <summary>A set of descriptors does not make types: a file is missing, a name is declared twice or not at all, a value does not fit.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The file whose descriptor is wrong.</param>
    /// <param name="problem">What is wrong, naming the element.</param>
    public SchemaException(string file, string problem)
        : base($"{file}: {problem}")
        => File = file;

    /// <summary>The name of the file whose descriptor is wrong.</summary>
    public string File { get; }
}
