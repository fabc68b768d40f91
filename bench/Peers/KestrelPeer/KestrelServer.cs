using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Trunkline.LoadContract;

namespace KestrelPeer;

/// <summary>The load service straight on Kestrel: no routing, no middleware, no logging. Leaner than any gRPC library on it can be.</summary>
internal static class KestrelServer
{
    /// <summary>Bytes of streamed messages that are gathered for one flush: the best case for this stack.</summary>
    private const int FlushAt = 16 * 1024;

    private const int BareItemSize = 32;

    public static async Task<(WebApplication Server, int Port)> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return (server, new Uri(address).Port);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await (context.Request.Path.Value switch
        {
            "/load.Load/Echo" => EchoAsync(context.Request.BodyReader, context.Response.BodyWriter),
            "/load.Load/PingPong" => PingPongAsync(context),
            "/load.Load/Pour" => PourAsync(context.Request.BodyReader, context.Response.BodyWriter),
            _ => throw new InvalidOperationException($"No method {context.Request.Path}."),
        });
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task EchoAsync(PipeReader input, PipeWriter output)
    {
        var requests = new MessageReader<Item>(input, Item.Parser);
        while (await requests.ReadAsync() is { } item)
        {
            GrpcFrame.Write(output, item);
            await output.FlushAsync();
        }
    }

    /// <summary>Sends the headers at once: the client takes up the conversation only when it has them.</summary>
    private static async Task PingPongAsync(HttpContext context)
    {
        await context.Response.BodyWriter.FlushAsync();
        await EchoAsync(context.Request.BodyReader, context.Response.BodyWriter);
    }

    private static async Task PourAsync(PipeReader input, PipeWriter output)
    {
        var request = await new MessageReader<PourRequest>(input, PourRequest.Parser).ReadAsync() ?? throw new InvalidOperationException("No request came.");
        var item = new Item { Body = Google.Protobuf.ByteString.CopyFrom(new byte[Work.ByName("pour1").BodySize]) };
        var sinceFlush = 0;
        for (var number = 1; number <= request.Count; number++)
        {
            item.Number = number;
            GrpcFrame.Write(output, item);
            sinceFlush += BareItemSize;
            if (sinceFlush >= FlushAt)
            {
                await output.FlushAsync();
                sinceFlush = 0;
            }
        }

        await output.FlushAsync();
    }
}
