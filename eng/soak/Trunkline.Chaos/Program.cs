using Trunkline.Chaos;

const string Usage = """
    Peers that misbehave at random against a gRPC server of ours, with well-behaved clients beside, of whose calls none may fail.

      run [--minutes N] [--seed S] [--attackers N] [--log FILE] [--state FILE] [--only ATTACK]
                      20 minutes by default; with a state file an interrupted run goes on. Exit code 1 when a call failed
      serve ROOTFILE  the server alone: prints its ports (plain, TLS) and writes its root certificate; ends with its standard input
    """;

return args switch
{
    ["serve", var rootFile] => await ChaosServer.RunAsync(rootFile),
    ["run", .. var rest] when ChaosOptions.TryParse(rest, out ChaosOptions? options) => await ChaosRun.RunAsync(options),
    _ => Fail(),
};

static int Fail()
{
    Console.Error.WriteLine(Usage);
    return 2;
}
