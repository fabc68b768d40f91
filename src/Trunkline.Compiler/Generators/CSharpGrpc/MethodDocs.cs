using Trunkline.Compiler.Generators.CSharp;
using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharpGrpc;

/// <summary>Writes what stands above a method: the comment of the <c>.proto</c> file, the parameters, the warning.</summary>
internal sealed class MethodDocs(DocComments comments, CodeWriter writer)
{
    /// <summary>Writes it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="returns">What is given back.</param>
    /// <param name="parameters">Names and meanings.</param>
    public void Write(MethodModel method, string returns, params (string Name, string Meaning)[] parameters)
    {
        if (!comments.WriteSummary(writer, method.Path))
        {
            writer.Line($"/// <summary>Calls {method.Method.Name}.</summary>");
        }

        foreach (var (name, meaning) in parameters)
        {
            writer.Line($"/// <param name=\"{name}\">{meaning}</param>");
        }

        writer.Line($"/// <returns>{returns}</returns>");
        if (method.IsDeprecated)
        {
            writer.Line("[global::System.Obsolete]");
        }
    }
}
