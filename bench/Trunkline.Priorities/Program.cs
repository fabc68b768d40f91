using Trunkline.Priorities;

if (MeasureOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(MeasureOptions.Usage);
    return 2;
}

await Table.PrintAsync(options, Console.Out);
return 0;
