using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Trunkline.Agreement.CSharpGrpc;

/// <summary>What users see of a source file, from its syntax alone: a line for each type and each member that is not private, all in one spelling.</summary>
internal static class ApiSyntax
{
    /// <summary>Why no compiler would take the code: the first place against the grammar, or a method that a class has twice. Null when there is no such thing.</summary>
    public static string? FindError(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source);
        if (tree.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            return error.ToString();
        }

        var methods = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>();
        return methods.GroupBy(Signature, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice ? $"twice: {twice.Key}" : null;
    }

    /// <summary>The lines, each with the path of the types around it.</summary>
    public static HashSet<string> Of(string source)
    {
        // The namespace of the runtime is the one difference that is wanted.
        var root = CSharpSyntaxTree.ParseText(source.Replace("global::Grpc.Core", "global::Trunkline", StringComparison.Ordinal)).GetCompilationUnitRoot();
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (UsingDirectiveSyntax used in root.Usings)
        {
            lines.Add(Spell(used));
        }

        Describe("", root.Members, lines);
        return lines;
    }

    // Where the class begins tells it from others of its name.
    private static string Signature(MethodDeclarationSyntax method)
        => $"{method.Parent!.SpanStart} {method.Identifier.ValueText}({string.Join(", ", method.ParameterList.Parameters.Select(parameter => Spell(parameter.Type)))})";

    private static void Describe(string path, SyntaxList<MemberDeclarationSyntax> members, HashSet<string> lines)
    {
        foreach (MemberDeclarationSyntax member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    Describe($"{path}{space.Name}.", space.Members, lines);
                    break;
                case TypeDeclarationSyntax type when IsSeen(type, isMember: type.Parent is TypeDeclarationSyntax):
                    lines.Add($"{path}{type.Identifier.ValueText}: {Front(type)}{type.Keyword} {Spell(type.TypeParameterList)}{Spell(type.BaseList)}{Spell(type.ConstraintClauses)}");
                    Describe($"{path}{type.Identifier.ValueText}.", type.Members, lines);
                    break;
                case not TypeDeclarationSyntax when IsSeen(member, isMember: true):
                    lines.Add($"{path}{Front(member)}{Describe(member)}");
                    break;
            }
        }
    }

    // What has no word about access is private in a class, and internal outside.
    private static bool IsSeen(MemberDeclarationSyntax member, bool isMember)
        => !isMember || member.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword);

    private static string Describe(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => $"{Spell(method.ReturnType)} {method.Identifier.ValueText}{Spell(method.TypeParameterList)}{Spell(method.ParameterList)}{Spell(method.ConstraintClauses)}",
        ConstructorDeclarationSyntax constructor => $"{constructor.Identifier.ValueText}{Spell(constructor.ParameterList)}",
        PropertyDeclarationSyntax property => $"{Spell(property.Type)} {property.Identifier.ValueText} {Accessors(property)}",
        FieldDeclarationSyntax field => Spell(field.Declaration),
        _ => Spell(member),
    };

    private static string Accessors(PropertyDeclarationSyntax property) => property.AccessorList is { } list
        ? string.Join(' ', list.Accessors.Select(accessor => $"{Spell(accessor.Modifiers)}{accessor.Keyword};"))
        : "get;";

    /// <summary>Attributes and modifiers, in an order of their own.</summary>
    private static string Front(MemberDeclarationSyntax member)
    {
        IEnumerable<string> attributes = member.AttributeLists.SelectMany(list => list.Attributes).Select(Spell).Where(attribute => !attribute.Contains("GeneratedCode", StringComparison.Ordinal));
        return string.Concat(attributes.Order(StringComparer.Ordinal).Select(attribute => $"[{attribute}] ")) + Spell(member.Modifiers);
    }

    // [Obsolete] and [ObsoleteAttribute] are one.
    private static string Spell(AttributeSyntax attribute)
    {
        string name = Spell(attribute.Name);
        const string Suffix = "Attribute";
        return (name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name) + Spell(attribute.ArgumentList);
    }

    private static string Spell(SyntaxTokenList modifiers) => string.Concat(modifiers.Select(modifier => modifier.ValueText).Order(StringComparer.Ordinal).Select(word => word + " "));

    private static string Spell(SyntaxList<TypeParameterConstraintClauseSyntax> clauses) => string.Concat(clauses.Select(Spell));

    private static string Spell(SyntaxNode? node) => node is null ? "" : string.Join(' ', node.DescendantTokens().Select(token => token.ValueText));
}
