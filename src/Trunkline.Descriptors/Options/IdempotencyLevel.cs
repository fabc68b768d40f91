namespace Trunkline.Descriptors;

/// <summary>Whether a method may be called twice.</summary>
public enum IdempotencyLevel
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>It changes nothing.</summary>
    NoSideEffects = 1,

    /// <summary>Twice has the effect of once.</summary>
    Idempotent = 2,
}
