namespace Trunkline.Descriptors;

/// <summary>How C++ holds a text.</summary>
public enum CType
{
    /// <summary>As a string.</summary>
    String = 0,

    /// <summary>As a cord.</summary>
    Cord = 1,

    /// <summary>As a view.</summary>
    StringPiece = 2,
}
