using System.Globalization;
using Trunkline.Agreement.CSharp;
using Trunkline.Agreement.CSharpGrpc;
using Trunkline.Agreement.Inputs;
using Trunkline.Agreement.Mutants;
using Trunkline.Agreement.Plugins;
using Trunkline.Agreement.Trees;

const string Usage = """
    Trunkline's compiler beside protoc, on whatever .proto trees eng/install-peers.sh has brought. Run it in the root of the repository.

      trees [NAME]              every file of every tree, or of one: verdicts, and descriptor sets in each form
      bad                       the verdict on every bad input of the compiler's tests
      diagnostics [INPUT...]    what both say about bad inputs such as types/type_undefined, ten of them by default
      python [TREE]             Python code of all trees, or of one, beside that of Debian's protoc 3.21 and grpc_python_plugin 1.51
      mutants SEED COUNT        verdicts on changed copies of the bad inputs and the corpus; prints those on which the two differ
      plugins [SHARE]           what other makers' plugins make under protoc and under us; of large trees every SHAREth file, 600 when absent
      csharp [WORDS...]         the C# that both generate: public API, and what it does with random data. WORDS are --tree=NAME, --folder=PREFIX (of file names),
                                --whole (all trees, and all of them), --seed=N, --messages=N (of each type)
      csharp-grpc [WORDS...]    the gRPC code that ours and grpc_csharp_plugin write: what users see of it, by its syntax

    The exit code is 1 on a difference that is not declared.
    """;

if (Trunkline.Harness.Peers.Protoc.MissingReason is { } missing)
{
    Console.Error.WriteLine(missing);
    return 2;
}

string repository = Directory.GetCurrentDirectory();
if (!File.Exists(Path.Combine(repository, "Trunkline.slnx")))
{
    Console.Error.WriteLine("Trunkline.slnx is not here: run this in the root of the repository.");
    return 2;
}

var inputs = new BadInputs(repository);
switch (args)
{
    case ["trees"]:
        return TreeTable.Run(repository, only: null, Console.Out) ? 0 : 1;
    case ["trees", var name]:
        return TreeTable.Run(repository, name, Console.Out) ? 0 : 1;
    case ["bad"]:
        return VerdictTable.Run(inputs, Console.Out) ? 0 : 1;
    case ["diagnostics", .. var names]:
        return SideBySide.Run(inputs, names, Console.Out) ? 0 : 1;
    case ["python", .. var trees] when trees.Length <= 1:
        return Trunkline.Agreement.Python.PythonTable.Run(repository, trees.SingleOrDefault(), Console.Out) ? 0 : 1;
    case ["mutants", var seed, var count]:
        return new MutantRun(inputs, Console.Out).Run(int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)) ? 0 : 1;
    case ["plugins"]:
        return PluginTable.Run(repository, share: 600, Console.Out) ? 0 : 1;
    case ["plugins", var share]:
        return PluginTable.Run(repository, int.Parse(share, CultureInfo.InvariantCulture), Console.Out) ? 0 : 1;
    case ["csharp", .. var words] when CSharpChoices.Parse(words) is { } choices:
        return CSharpRun.Run(repository, choices, Console.Out) ? 0 : 1;
    case ["csharp-grpc", .. var words] when CSharpChoices.Parse(words) is { } choices:
        return ServiceRun.Run(repository, choices, Console.Out) ? 0 : 1;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
