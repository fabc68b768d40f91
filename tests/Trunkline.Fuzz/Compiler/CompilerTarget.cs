using Trunkline.Compiler;
using Trunkline.Descriptors;
using Trunkline.Fuzz.Running;

namespace Trunkline.Fuzz.Compiler;

/// <summary>The compiler from source text to descriptors: whatever the text, it ends with findings that point into the text or with descriptors that hold together.</summary>
internal sealed class CompilerTarget : IFuzzTarget
{
    // What compiling may allocate: something for the carried descriptor.proto, then a bounded factor of the text.
    private const long LeastBytes = 24 << 20;
    private const long BytesPerByteOfText = 30_000;

    public string Name => "compiler";

    public int MaxLength => 16_384;

    public byte[] Generate(Random random) => ProtoGrammar.Generate(random);

    public Task ExecuteAsync(byte[] input, Trace trace)
    {
        SourceProject project = SourceProject.Split(input);
        long before = GC.GetTotalAllocatedBytes();
        CompilationResult result = Compile(project);
        long allocated = GC.GetTotalAllocatedBytes() - before;
        Trace.Hold(allocated < LeastBytes + (BytesPerByteOfText * input.Length), $"compiling {input.Length} bytes took {allocated} bytes of memory");

        CheckFindings(project, result, trace);
        if (result.Succeeded)
        {
            CheckDescriptors(result, trace);
        }

        CheckRepeatable(result, Compile(project));
        return Task.CompletedTask;
    }

    private static CompilationResult Compile(SourceProject project)
        => ProtoCompiler.Compile(new CompilerOptions { Files = [SourceProject.FirstFile], Sources = project.ToSources(), RetainOptions = true });

    private static void CheckFindings(SourceProject project, CompilationResult result, Trace trace)
    {
        Trace.Hold(result.Succeeded == (result.Files.Count > 0), "there are descriptors exactly when there is no error");
        var renderer = new DiagnosticRenderer(result);
        foreach (Diagnostic finding in result.Diagnostics)
        {
            trace.See("finding", finding.GetType().Name);
            trace.Tell($"{finding}");
            CheckPlace(project, finding.Span);
            using var text = new StringWriter();
            renderer.Write(finding, text);
            Trace.Hold(!text.ToString().AsSpan().ContainsAny('\e', '\0'), "what is printed cannot steer a terminal");
            foreach (RelatedSpan related in finding.Related)
            {
                CheckPlace(project, related.Span);
            }
        }
    }

    private static void CheckPlace(SourceProject project, SourceSpan span)
    {
        if (span.Line == 0 || !project.Files.TryGetValue(span.File, out byte[]? text))
        {
            return;
        }

        int lines = text.AsSpan().Count((byte)'\n') + 1;
        Trace.Hold(span.Line <= lines && span.EndLine <= lines && span.EndLine >= span.Line && span.Column >= 1, $"a place lies in its file, and {span} does not");
    }

    private static void CheckDescriptors(CompilationResult result, Trace trace)
    {
        byte[] set = result.ToDescriptorSet(includeImports: true, includeSourceInfo: true).ToByteArray();
        Trace.Hold(FileDescriptorSet.Read(set).ToByteArray().AsSpan().SequenceEqual(set), "a set that is read is written as it was");
        trace.See("compiled");
        SchemaRegistry schemas;
        try
        {
            schemas = SchemaRegistry.Create(result.Files);
        }
        catch (SchemaException problem)
        {
            Trace.Fail($"descriptors that compile hold together: {problem.Message}");
            return;
        }

        foreach (MessageSchema schema in schemas.Messages)
        {
            Trace.Hold(new DynamicMessage(schema).ToByteArray().Length == 0, "an empty message has no bytes");
        }
    }

    /// <summary>Files are parsed and written side by side; that must not show.</summary>
    private static void CheckRepeatable(CompilationResult first, CompilationResult second)
    {
        Trace.Hold(
            first.Diagnostics.Select(finding => finding.ToString()).SequenceEqual(second.Diagnostics.Select(finding => finding.ToString()), StringComparer.Ordinal),
            "the same text has the same findings");
        Trace.Hold(
            first.ToDescriptorSet(includeImports: true, includeSourceInfo: true).ToByteArray().AsSpan()
                .SequenceEqual(second.ToDescriptorSet(includeImports: true, includeSourceInfo: true).ToByteArray()),
            "the same text has the same descriptors");
    }
}
