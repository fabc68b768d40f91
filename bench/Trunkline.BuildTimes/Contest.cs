namespace Trunkline.BuildTimes;

/// <summary>The same work for all projects, in rounds, so that what else the machine does falls on all alike.</summary>
internal sealed class Contest(string folder, string task, int files, int rounds, bool withCsc)
{
    private readonly SortedDictionary<(int Order, string Work), Dictionary<string, List<BuildTime>>> _times = [];
    private readonly List<string> _names = [];

    public void Run(TextWriter table)
    {
        var ours = TimedProject.WithTrunkline(Path.Combine(folder, "ours"), task, files);
        var theirs = TimedProject.WithGrpcTools(Path.Combine(folder, "theirs"), files);

        // The builds that fill the disk's cache and make what the no-op builds find; they do not count.
        ours.Again();
        theirs.Again();
        var plain = TimedProject.WithCodeOf(ours, Path.Combine(folder, "plain"), files);
        plain.Again();
        _names.AddRange([theirs.Name, ours.Name, plain.Name]);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var project in new[] { plain, ours, theirs })
            {
                Add(0, "nothing changed", project, project.Again());
            }
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var project in new[] { ours, theirs })
            {
                Add(1, "one leaf changed, code only", project, project.LeafChanged(generateOnly: true));
                Add(2, "all from nothing, code only", project, project.Clean(generateOnly: true));
                if (withCsc)
                {
                    Add(3, "all from nothing, compiled", project, project.Clean(generateOnly: false));
                }
            }
        }

        Print(table);
    }

    private void Add(int order, string work, TimedProject project, BuildTime time)
    {
        if (!_times.TryGetValue((order, work), out var rows))
        {
            _times.Add((order, work), rows = []);
        }

        if (!rows.TryGetValue(project.Name, out var times))
        {
            rows.Add(project.Name, times = []);
        }

        times.Add(time);
    }

    private void Print(TextWriter table)
    {
        table.WriteLine("| build | with | whole process | least | most | in targets for .proto | of Grpc.Tools' targets |");
        table.WriteLine("|---|---|--:|--:|--:|--:|--:|");
        foreach (var ((_, work), rows) in _times)
        {
            var unit = Median(rows[_names[0]], time => time.OwnSeconds);
            foreach (var name in _names.Where(rows.ContainsKey))
            {
                var times = rows[name];
                var own = Median(times, time => time.OwnSeconds);
                table.WriteLine(
                    $"| {work} | {name} | {Median(times, time => time.Seconds):F2} s | {times.Min(time => time.Seconds):F2} s | {times.Max(time => time.Seconds):F2} s "
                    + $"| {own * 1000:F0} ms | {own / unit:F3} |");
            }
        }
    }

    private static double Median(List<BuildTime> times, Func<BuildTime, double> of) => times.Select(of).Order().ElementAt(times.Count / 2);
}
