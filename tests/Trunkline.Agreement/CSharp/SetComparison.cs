using Trunkline.Agreement.CSharp.Api;
using Trunkline.Agreement.CSharp.Data;
using Trunkline.Agreement.CSharp.Generation;
using Trunkline.Agreement.CSharp.Sets;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Agreement.CSharp;

/// <summary>
/// Compares the C# of both generators for a set of files: public API, then data. Our services are compiled along; what they look like is compared by syntax, elsewhere. Files that stand in the way are named and left out, and what is left goes on.
/// </summary>
internal sealed class SetComparison(CSharpChoices choices, Findings findings)
{
    // Folders by namespace: files of different folders may have one name.
    private const string Parameter = "base_namespace=";

    public void Run(FileSet set)
    {
        if (set.Files.Count == 0)
        {
            return;
        }

        CompilationResult compiled = OurCode.Compile(set);
        if (!compiled.Succeeded)
        {
            RunApart(set, compiled);
            return;
        }

        IReadOnlyList<string> files = FileSet.Generated(compiled.Files);
        Task<GeneratedSources> protoc = Task.Run(() => ProtocCode.Messages(set.Tree, files, Parameter));
        GeneratedSources ours = OurCode.Generate(new CSharpGenerator(), compiled, files, Parameter)
            .With(OurCode.Generate(new CSharpGrpcGenerator(), compiled, files, Parameter));
        GeneratedSources theirs = protoc.GetAwaiter().GetResult();
        if (ours.Error is not null || theirs.Error is not null)
        {
            Halve(set, ours.Error is null ? "only protoc generates nothing" : theirs.Error is null ? "only we generate nothing" : "neither generates", $"ours: {ours.Error}\nprotoc: {theirs.Error}");
            return;
        }

        Compare(set, compiled, ours, theirs);
    }

    /// <summary>Goes on without files that do not compile, and with files that do not compile together in sets of their own.</summary>
    private void RunApart(FileSet set, CompilationResult failed)
    {
        FileSet good = set with { Files = [.. set.Files.Where(file => CompilesAlone(set, file))] };
        var named = new HashSet<string>(failed.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.File).OfType<string>(), StringComparer.Ordinal);
        FileSet apart = good with { Files = [.. good.Files.Where(named.Contains)] };
        if (good.Files.Count < set.Files.Count)
        {
            Run(good);
        }
        else if (apart.Files.Count > 0 && apart.Files.Count < good.Files.Count)
        {
            Run(good with { Files = [.. good.Files.Where(file => !named.Contains(file))] });
            Run(apart);
        }
        else
        {
            Halve(good, "does not compile with others", failed.Diagnostics[0].ToString());
        }
    }

    private bool CompilesAlone(FileSet set, string file)
    {
        CompilationResult compiled = OurCode.Compile(set with { Files = [file] });
        if (!compiled.Succeeded)
        {
            findings.Add($"{set.Tree.Name}/{file}: does not compile", compiled.Diagnostics.First(found => found.Severity == DiagnosticSeverity.Error).ToString());
        }

        return compiled.Succeeded;
    }

    private void Compare(FileSet set, CompilationResult compiled, GeneratedSources ours, GeneratedSources theirs)
    {
        bool isStrict = set.Tree.Roots[0].Contains("/Trunkline.", StringComparison.Ordinal);
        Task<CompiledCode> protoc = Task.Run(() => CodeCompiler.Compile(theirs, "protoc"));
        CompiledCode ourCode = isStrict ? CodeCompiler.CompileStrictly(ours, "ours") : CodeCompiler.Compile(ours, "ours");
        CompiledCode theirCode = protoc.GetAwaiter().GetResult();
        using LoadedCode? our = ourCode.Loaded;
        using LoadedCode? their = theirCode.Loaded;
        if (our is null || their is null)
        {
            LeaveOut(set, compiled, their is null ? theirCode : ourCode, their is null ? theirs : ours, their is null ? "protoc's code does not compile" : "our code does not compile");
            return;
        }

        findings.Files += set.Files.Count;
        ApiComparison.Run(set.Tree.Name, our.Assembly, their.Assembly, findings);
        try
        {
            new DataComparison(set, compiled.Files, our, their, findings).Run(choices.Seed, choices.MessagesOfType);
        }
        catch (Exception exception) when (exception is TypeInitializationException or System.Reflection.TargetInvocationException)
        {
            Halve(set, "the code does not run", exception.ToString());
        }
    }

    /// <summary>Goes on without the files whose code has errors, and without those that import them.</summary>
    private void LeaveOut(FileSet set, CompilationResult compiled, CompiledCode failed, GeneratedSources sources, string what)
    {
        var bad = new HashSet<string>(failed.FilesWithErrors.Select(path => sources.ProtoOf(path)).OfType<string>(), StringComparer.Ordinal);
        foreach (FileDescriptorProto file in compiled.Files.Where(file => file.Dependencies.Exists(bad.Contains)))
        {
            bad.Add(file.Name!);
        }

        if (!set.Files.Any(bad.Contains))
        {
            Halve(set, what, failed.Errors);
            return;
        }

        foreach (string file in set.Files.Where(bad.Contains))
        {
            findings.Add($"{set.Tree.Name}/{file}: {what}", failed.Errors);
        }

        Run(set with { Files = [.. set.Files.Where(file => !bad.Contains(file))] });
    }

    private void Halve(FileSet set, string what, string details)
    {
        if (set.Files.Count == 1)
        {
            findings.Add($"{set.Tree.Name}/{set.Files[0]}: {what}", details);
            return;
        }

        foreach (FileSet half in set.Halves())
        {
            Run(half);
        }
    }
}
