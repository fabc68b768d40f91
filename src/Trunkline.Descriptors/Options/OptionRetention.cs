namespace Trunkline.Descriptors;

/// <summary>Whether an option outlives compilation.</summary>
public enum OptionRetention
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>It is in the descriptor at run time.</summary>
    Runtime = 1,

    /// <summary>It is dropped before code is generated.</summary>
    Source = 2,
}
