namespace Trunkline.Descriptors;

/// <summary>A JSON text is not the message that was wanted, or a message has no JSON form.</summary>
public sealed class MessageJsonException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">Where, from the root: <c>$.route.stops[2].name</c>.</param>
    /// <param name="problem">What is wrong there.</param>
    public MessageJsonException(string path, string problem)
        : base($"{path}: {problem}")
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>Where, from the root: <c>$.route.stops[2].name</c>.</summary>
    public string Path { get; }

    /// <summary>What is wrong there.</summary>
    public string Problem { get; }
}
