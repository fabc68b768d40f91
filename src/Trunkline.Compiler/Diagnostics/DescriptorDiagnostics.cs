namespace Trunkline.Compiler.Diagnostics;

/// <summary>What is wrong with descriptors that are read instead of source: TL1601 to TL1699.</summary>
internal abstract record DescriptorDiagnostic(string Number, SourceSpan Place, string Text)
    : Diagnostic(Number, DiagnosticSeverity.Error, Place, Text);

internal sealed record OptionsNotInterpreted(SourceSpan Place, string Element)
    : DescriptorDiagnostic("TL1603", Place, $"The options of \"{Element}\" are not interpreted. Make the descriptor set with a compiler that does that, or compile the source itself.");

internal sealed record NotAnEnum(SourceSpan Place, string Name) : DescriptorDiagnostic("TL1602", Place, $"\"{Name}\" is not an enum type.");

internal sealed record MalformedDescriptor(SourceSpan Place, string Fault) : DescriptorDiagnostic("TL1601", Place, Fault);
