namespace Routes;

/// <summary>A call succeeded and brought what it should not.</summary>
internal sealed class UnexpectedAnswerException(string message) : Exception(message);
