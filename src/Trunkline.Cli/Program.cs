using System.CommandLine;
using Trunkline.Cli.Protoc;

// protoc's command line has a grammar of its own (-IDIR, @file, --csharp_out=opts:DIR), so its words go to its own parser untouched.
if (args is ["protoc", .. var words])
{
    using var cancellation = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        cancellation.Cancel();
    };
    return new ProtocCommand(ProtocConsole.OfProcess).Run(words, cancellation.Token);
}

var root = new RootCommand("gRPC for .NET: code generation and tools.")
{
    new Command("protoc", "Compile .proto files; takes protoc's command line. See `trunkline protoc --help`."),
};
return root.Parse(args).Invoke();
