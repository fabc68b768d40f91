using Trunkline.Interop.Certificates;
using Trunkline.Interop.Clients;
using Trunkline.Interop.CommandLines;
using Trunkline.Interop.Servers;
using Trunkline.Interop.Tables;

const string Usage = """
    The interop client and server that every gRPC implementation has, in Trunkline. Flags take one or two dashes, --flag=value or --flag value.

      server --port=N [--use_tls --tls_cert_file=F --tls_key_file=F]   runs until it is stopped; port 0 lets the system choose
             [--compression=gzip]                                      of responses
      client --server_port=N [--server_host=H] [--test_case=NAME,...]  runs the cases, all by default; exit code 0 if they passed, else 1
             [--use_tls [--ca_file=F] [--use_test_ca]] [--server_host_override=H]
             [--compression=gzip]                                      of requests
      certificates DIR                                                 writes ca.pem, server.pem and server.key
      table                                                            our client and server against those of others, every case; prints it
    """;

try
{
    switch (args)
    {
        case ["server", .. var flags]:
            return await InteropServer.RunAsync(flags);
        case ["client", .. var flags]:
            return await InteropClient.RunAsync(flags);
        case ["certificates", var folder]:
            TestCertificates.Create().Write(folder);
            return 0;
        case ["table"]:
            return await InteropTable.RunAsync();
        default:
            throw new UsageException("what is to be done?");
    }
}
catch (Exception exception) when (exception is UsageException or IOException or UnauthorizedAccessException or ArgumentException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    if (exception is UsageException)
    {
        await Console.Error.WriteLineAsync(Usage);
    }

    return 2;
}
