namespace Trunkline.Descriptors;

/// <summary>Whether other files may name a message or enum.</summary>
public enum SymbolVisibility
{
    /// <summary>As the file says.</summary>
    Unset = 0,

    /// <summary>No.</summary>
    Local = 1,

    /// <summary>Yes.</summary>
    Export = 2,
}
