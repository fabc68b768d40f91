using Trunkline.Compiler.WellKnown;

namespace Trunkline.Compiler.Tests;

public class WellKnownNamesTests
{
    [Fact]
    public void EveryTypeOfACarriedFile_LeadsToIt()
    {
        CompilationResult carried = ProtoCompiler.Compile(new CompilerOptions { Files = [.. WellKnownFiles.All], Sources = new MemorySourceProvider() });
        Assert.True(carried.Files.Count >= 12);
        Assert.All(carried.Files.Where(file => file.Package == "google.protobuf"), file =>
        {
            IEnumerable<string?> names = [.. file.MessageTypes.Select(message => message.Name), .. file.EnumTypes.Select(type => type.Name)];
            Assert.All(names, name => Assert.Equal(file.Name, WellKnownNames.FileOf($"google.protobuf.{name}")));
        });
    }

    [Theory]
    [InlineData("google.protobuf.Timestam")]
    [InlineData("Timestamp")]
    [InlineData("other.Timestamp")]
    public void AnyOtherName_LeadsNowhere(string name) => Assert.Null(WellKnownNames.FileOf(name));
}
