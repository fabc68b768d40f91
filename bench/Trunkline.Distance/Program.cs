using Trunkline.Distance;

if (DistanceOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(DistanceOptions.Usage);
    return 2;
}

var journeys = new Journeys(options, Console.Out);
await journeys.RunAsync();
await journeys.RunSmallCallsAsync();
return 0;
