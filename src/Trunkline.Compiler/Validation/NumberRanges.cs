namespace Trunkline.Compiler.Validation;

/// <summary>
/// Ranges of numbers, both ends included, as they are declared one after the other. Questions about them cost little more than their number: a file may hold tens of
/// thousands, and as many fields that must stay clear of them.
/// </summary>
internal sealed class NumberRanges
{
    private readonly List<(long Start, long End)> _declared;

    // Sorted, and joined where they touch.
    private readonly List<(long Start, long End)> _joined = [];

    public NumberRanges(IEnumerable<(long Start, long End)> declared)
    {
        _declared = [.. declared];
        foreach ((long start, long end) in _declared.Where(range => range.Start <= range.End).OrderBy(range => range.Start))
        {
            if (_joined.Count > 0 && start <= _joined[^1].End + 1)
            {
                _joined[^1] = (_joined[^1].Start, Math.Max(_joined[^1].End, end));
            }
            else
            {
                _joined.Add((start, end));
            }
        }
    }

    public bool Contains(long number) => IndexOf(number) >= 0;

    /// <summary>The number itself when no range has it, else the first one behind the range.</summary>
    public long FirstOutside(long number) => IndexOf(number) is >= 0 and var index ? _joined[index].End + 1 : number;

    /// <summary>For each range that overlaps one before it, both places in the order of declaration: its own, and that of the first that it overlaps.</summary>
    public IEnumerable<(int Later, int Earlier)> FindOverlaps()
    {
        int[] candidates = [.. Enumerable.Range(0, _declared.Count).Where(FindsNeighbours())];
        for (int i = 1; i < candidates.Length; i++)
        {
            int earlier = Array.FindIndex(candidates, 0, i, other => Overlap(_declared[other], _declared[candidates[i]]));
            if (earlier >= 0)
            {
                yield return (candidates[i], candidates[earlier]);
            }
        }
    }

    private static bool Overlap((long Start, long End) left, (long Start, long End) right) => left.Start <= right.End && right.Start <= left.End;

    /// <summary>Tells of a range whether it overlaps any other: only those are compared one by one.</summary>
    private Func<int, bool> FindsNeighbours()
    {
        bool[] overlaps = new bool[_declared.Count];
        int furthest = -1;
        foreach (int index in Enumerable.Range(0, _declared.Count).Where(index => _declared[index].Start <= _declared[index].End).OrderBy(index => _declared[index].Start))
        {
            if (furthest >= 0 && Overlap(_declared[furthest], _declared[index]))
            {
                overlaps[furthest] = true;
                overlaps[index] = true;
            }

            furthest = furthest < 0 || _declared[index].End > _declared[furthest].End ? index : furthest;
        }

        return index => overlaps[index];
    }

    private int IndexOf(long number)
    {
        int low = 0;
        int high = _joined.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (number < _joined[middle].Start)
            {
                high = middle - 1;
            }
            else if (number > _joined[middle].End)
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }
}
