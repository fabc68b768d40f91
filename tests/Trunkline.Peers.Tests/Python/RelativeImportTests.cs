using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests.Python;

/// <summary>Code with relative imports works below any package; code without does not, which shows that the program would notice.</summary>
public sealed class RelativeImportTests : IDisposable
{
    private const string Package = "a.b.generated";

    private static readonly string[] Files = ["shop/shop.proto", "shop/parts/part.proto", "shop/parts/size.proto", "top.proto"];

    // In a folder called like a keyword, which modules can load and no statement of a stub file can name.
    private static readonly string[] BehindAKeyword = ["shop/boxed.proto", "shop/parts/import/box.proto"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-python-");

    /// <summary>Deletes what was generated.</summary>
    public void Dispose() => _folder.Delete(recursive: true);

    [PeerFact(Peer.Python, "python3:grpc", "python3:google.protobuf")]
    public async Task Relative_BelowAPackage_ModulesStubsAndServicesAreFound()
    {
        await GenerateAsync("relative_imports");
        Assert.Equal("messages: ok\nservices: ok\nstubs: ok", await PeerProcess.RunAsync(Peer.Python, Program, _folder.FullName, Package));
    }

    [PeerFact(Peer.Python, "python3:grpc", "python3:google.protobuf")]
    public async Task Absolute_BelowAPackage_ModulesAreNotFound()
    {
        await GenerateAsync("");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => PeerProcess.RunAsync(Peer.Python, Program, _folder.FullName, Package));
        Assert.Contains("ModuleNotFoundError: No module named 'shop'", failure.Message, StringComparison.Ordinal);
    }

    private static string Program => PeerPrograms.Python("import_below_package.py");

    private async Task GenerateAsync(string options)
    {
        string output = _folder.CreateSubdirectory(Package.Replace('.', '/')).FullName;
        string root = $"-I{Path.Combine(AppContext.BaseDirectory, "Protos")}";
        await PeerProcess.RunAsync(
            "dotnet", [Programs.Trunkline, "protoc", root, $"--python_out={options}:{output}", $"--grpc_python_out={options}:{output}", .. Files, .. BehindAKeyword]);
        await PeerProcess.RunAsync("dotnet", [Programs.Trunkline, "protoc", root, $"--pyi_out={options}:{output}", .. Files]);
    }
}
