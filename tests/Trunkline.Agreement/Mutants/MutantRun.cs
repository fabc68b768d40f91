using System.Collections.Concurrent;
using Trunkline.Agreement.Inputs;
using Trunkline.Compiler;
using Trunkline.Harness.Verdicts;

namespace Trunkline.Agreement.Mutants;

/// <summary>Mutants of the bad inputs and of the corpus, judged by both compilers. What differs is printed whole, to become an input with a name.</summary>
internal sealed class MutantRun(BadInputs inputs, TextWriter output)
{
    // A process of protoc's for each: as many at a time as a small machine has cores.
    private const int AtATime = 2;

    /// <summary>Judges mutants and prints what differs.</summary>
    /// <returns>Whether both said the same of every mutant.</returns>
    public bool Run(int seed, int count)
    {
        Original[] originals = [.. ReadOriginals()];
        Original[] good = [.. originals.Where(original => original.Compiles)];
        string[][] pool = [.. originals.Select(original => original.Tokens)];
        var differences = new ConcurrentBag<(int Number, string Report)>();
        int bothAccept = 0;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, number =>
        {
            var random = new Random(unchecked((seed * 1_000_003) + number));
            Original[] chosen = random.Next(4) == 0 ? originals : good;
            Original original = chosen[random.Next(chosen.Length)];
            string text = new Mutator(random, pool).Mutate(original.Tokens);
            (Verdict ours, Verdict theirs) = Judge(original.Root, text);
            if (ours.Compiles != theirs.Compiles)
            {
                differences.Add((number, $"--- {seed}/{number}, from {original.Name}\nours:   {ours}\nprotoc: {theirs}\n{text}"));
            }
            else if (ours.Compiles)
            {
                Interlocked.Increment(ref bothAccept);
            }
        });
        foreach ((_, string report) in differences.OrderBy(difference => difference.Number))
        {
            output.WriteLine(report);
        }

        output.WriteLine($"{count} mutants of {originals.Length} files with seed {seed}: both accept {bothAccept}, both refuse {count - bothAccept - differences.Count}, {differences.Count} differ");
        return differences.IsEmpty;
    }

    private IEnumerable<Original> ReadOriginals()
    {
        string corpus = Path.Combine(Path.GetDirectoryName(inputs.Folder)!, "Corpus");
        IEnumerable<string> roots = inputs.Families.Select(inputs.RootOf).Append(corpus);
        IReadOnlyCollection<string> differing = DeclaredDifferences.Read(Path.Combine(inputs.Folder, "verdict-differences.txt")).Inputs;
        foreach (string file in roots.SelectMany(root => Directory.EnumerateFiles(root, "*.proto")).Order(StringComparer.Ordinal))
        {
            string[] tokens = SourceTokens.Cut(File.ReadAllText(file));
            string root = Path.GetDirectoryName(file)!;
            if (tokens.Length > 0 && !differing.Contains($"{Path.GetFileName(root)}/{Path.GetFileNameWithoutExtension(file)}", StringComparer.Ordinal))
            {
                yield return new Original(file, root, tokens, OurVerdict([root], Path.GetFileName(file)).Compiles);
            }
        }
    }

    private (Verdict Ours, Verdict Theirs) Judge(string root, string text)
    {
        // The mutant lies in a folder of its own, before that of its original, whose imports it may need.
        string folder = Directory.CreateTempSubdirectory("mutant").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "m.proto"), text);
            return (OurVerdict([folder, root], "m.proto"), ProtocVerdicts.Judge([folder, root], "m.proto"));
        }
        catch (Exception)
        {
            // Whatever throws, the mutant is what to look at.
            output.WriteLine(text);
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Verdict OurVerdict(IReadOnlyList<string> roots, string file)
    {
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { ImportRoots = [.. roots.Select(root => new ImportRoot(root))], Files = [file] });
        return Verdict.Of(result.Succeeded, result.Diagnostics.Select(diagnostic => diagnostic.ToGccString()));
    }

    private sealed record Original(string Name, string Root, string[] Tokens, bool Compiles);
}
