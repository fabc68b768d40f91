using Trunkline.Conformance;
using Trunkline.Conformance.Attacks;

const string Usage = """
    An HTTP/2 end point without gRPC, to point conformance tools at.

      server --port N [--tls]   answers every request with 200 and a short body; echoes request bodies; runs until it is stopped
      client URL                makes one GET, prints status and body size; exit code 0, or 1 with what went wrong
      honest CALLS              makes that many calls of each kind that look like attacks and are not, on one connection in memory; exit code 1 when
                                one was refused or the connection ended
      attacks                   attacks a gRPC server in a process of its own in every known way, with honest clients beside, and prints a table;
                                exit code 1 when a call of the honest clients failed; about four minutes
    """;

return args switch
{
    ["server", .. var options] => await EchoServer.RunAsync(options),
    ["honest", var calls] => await HonestCalls.RunAsync(calls),
    ["attacks"] => await AttackRun.RunAsync(),
    ["attack-target"] => await AttackTarget.RunAsync(),
    ["client", var url] => await GetClient.RunAsync(url),
    _ => Fail(),
};

static int Fail()
{
    Console.Error.WriteLine(Usage);
    return 2;
}
