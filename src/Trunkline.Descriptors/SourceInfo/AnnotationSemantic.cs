namespace Trunkline.Descriptors;

/// <summary>What a piece of generated code does to the element it comes from.</summary>
public enum AnnotationSemantic
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>It sets the element.</summary>
    Set = 1,

    /// <summary>It refers to the element.</summary>
    Alias = 2,
}
