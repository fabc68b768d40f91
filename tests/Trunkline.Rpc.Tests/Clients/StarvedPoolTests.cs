namespace Trunkline.Rpc.Tests.Clients;

/// <summary>Takes all threads of the pool for itself, so it runs when no other test does.</summary>
[CollectionDefinition(nameof(StarvedPoolTests), DisableParallelization = true)]
[Collection(nameof(StarvedPoolTests))]
public sealed class StarvedPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Blocking_OnEveryPoolThread_StillWakes()
    {
        await using var server = new ScriptedServer(async call =>
        {
            call.SendHeaders();
            while (await call.ReadAsync() is { } message)
            {
                call.SendMessage(message);
            }

            call.SendStatus(0);
        });
        await using Channel channel = server.CreateChannel();
        await channel.ConnectAsync(CancellationToken.None).WaitAsync(Patience);
        CallInvoker invoker = channel.CreateCallInvoker();

        Task<List<string>>[] blocked = [.. Enumerable.Range(0, 20).Select(_ => Task.Run(
            () => invoker.BlockingDuplexStreamingCall(TestMethods.Duplex, null, default, Enumerable.Range(0, 20).Select(i => $"{i}")).ToList()))];

        List<string>[] results = await Task.WhenAll(blocked).WaitAsync(Patience);
        Assert.All(results, result => Assert.Equal(20, result.Count));
    }
}
