namespace Trunkline.Descriptors;

/// <summary>How JavaScript holds a number of 64 bits.</summary>
public enum JSType
{
    /// <summary>As the implementation likes.</summary>
    Normal = 0,

    /// <summary>As a string.</summary>
    String = 1,

    /// <summary>As a number.</summary>
    Number = 2,
}
