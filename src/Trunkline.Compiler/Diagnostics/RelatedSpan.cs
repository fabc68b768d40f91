namespace Trunkline.Compiler;

/// <summary>A place that has to do with a <see cref="Diagnostic"/> but is not where it points.</summary>
/// <param name="Span">The place.</param>
/// <param name="Note">What is there, in a few words: <c>first declared here</c>.</param>
public readonly record struct RelatedSpan(SourceSpan Span, string Note);
