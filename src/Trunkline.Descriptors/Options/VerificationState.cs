namespace Trunkline.Descriptors;

/// <summary>Whether the extensions of a range must be declared.</summary>
public enum VerificationState
{
    /// <summary>They must.</summary>
    Declaration = 0,

    /// <summary>They need not.</summary>
    Unverified = 1,
}
