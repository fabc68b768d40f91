using Trunkline.TableGen;

if (args.Length != 1 || !File.Exists(Path.Combine(args[0], "Trunkline.slnx")))
{
    Console.Error.WriteLine("usage: dotnet run --project eng/Trunkline.TableGen -- ROOT    (ROOT is the folder that holds Trunkline.slnx)");
    return 1;
}

foreach (var table in GeneratedTable.All)
{
    File.WriteAllText(Path.Combine(args[0], table.RepositoryPath), table.Text);
    Console.WriteLine($"wrote {table.RepositoryPath}");
}

return 0;
