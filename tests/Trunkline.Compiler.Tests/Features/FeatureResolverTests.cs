using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Features;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Parsing;
using Trunkline.Compiler.Sources;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Tests.Features;

/// <summary>What elements inherit: the pure resolution, without options.</summary>
public class FeatureResolverTests
{
    private static readonly FeatureSet OfEdition = new() { FieldPresence = FieldPresence.Explicit, EnumType = EnumType.Open };

    [Fact]
    public void Merge_NothingSet_IsWhatIsInherited() => Assert.Same(OfEdition, FeatureResolver.Merge(OfEdition, null));

    [Fact]
    public void Merge_SomethingSet_KeepsTheRestAndChangesNeither()
    {
        var set = new FeatureSet { EnumType = EnumType.Closed, JsonFormat = JsonFormat.Allow };
        FeatureSet merged = FeatureResolver.Merge(OfEdition, set);
        Assert.Equal((FieldPresence.Explicit, EnumType.Closed, JsonFormat.Allow), (merged.FieldPresence, merged.EnumType, merged.JsonFormat));
        Assert.Equal(EnumType.Open, OfEdition.EnumType);
        Assert.Null(set.FieldPresence);
    }

    [Fact]
    public void File_SetsForAllElements()
    {
        FileSymbol file = Resolve(file => file.Options.OwnFeatures = Implicit());
        Assert.All(file.AllElements(), element => Assert.Equal(FieldPresence.Implicit, element.Features.FieldPresence));
        Assert.All(file.AllElements(), element => Assert.Equal(EnumType.Open, element.Features.EnumType));
    }

    [Fact]
    public void Message_SetsForWhatIsInsideIt_AndNothingElse()
    {
        FileSymbol file = Resolve(file => Find(file, "Outer").OwnFeatures = Implicit());
        foreach (Symbol element in file.AllElements())
        {
            bool isInside = element.FullName.StartsWith("Outer", StringComparison.Ordinal);
            Assert.Equal(isInside ? FieldPresence.Implicit : FieldPresence.Explicit, element.Features.FieldPresence);
        }
    }

    [Theory]
    [InlineData("Outer.pick", "Outer.chosen")]
    [InlineData("Kind", "ONE")]
    [InlineData("Calls", "Calls.Go")]
    [InlineData("Outer.Inner", "Outer.Inner.deep")]
    public void Element_SetsForItsParts(string element, string part)
    {
        FileSymbol file = Resolve(file => Find(file, element).OwnFeatures = Implicit());
        IEnumerable<string> changed = file.AllElements().Where(one => one.Features.FieldPresence == FieldPresence.Implicit).Select(one => one.FullName);
        Assert.Equal(new HashSet<string> { element, part }, changed.ToHashSet());
    }

    [Fact]
    public void InnerElement_WinsOverOuter()
    {
        FileSymbol file = Resolve(file =>
        {
            Find(file, "Outer").OwnFeatures = Implicit();
            Find(file, "Outer.plain").OwnFeatures = new FeatureSet { FieldPresence = FieldPresence.LegacyRequired };
        });
        Assert.Equal(FieldPresence.LegacyRequired, Find(file, "Outer.plain").Features.FieldPresence);
        Assert.Equal(FieldPresence.Implicit, Find(file, "Outer.chosen").Features.FieldPresence);
    }

    private static FeatureSet Implicit() => new() { FieldPresence = FieldPresence.Implicit };

    private static Symbol Find(FileSymbol file, string fullName) => file.AllElements().First(element => element.FullName == fullName && element is not FileOptionsHolder);

    private static FileSymbol Resolve(Action<FileSymbol> set)
    {
        const string Text = """
            edition = "2023";
            message Outer { int32 plain = 1; oneof pick { int32 chosen = 2; } message Inner { int32 deep = 1; } }
            enum Kind { ONE = 0; }
            service Calls { rpc Go(Outer) returns (Outer); }
            """;
        var diagnostics = new DiagnosticBag();
        FileSymbol file = SymbolCollector.Collect(
            Parser.Parse(new SourceFile("x.proto", null, System.Text.Encoding.UTF8.GetBytes(Text)), diagnostics), new SymbolTable(), diagnostics);
        Assert.Empty(diagnostics.All);
        file.EditionFeatures = OfEdition;
        set(file);
        FeatureResolver.Resolve(file);
        return file;
    }
}
