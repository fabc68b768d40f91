using System.Diagnostics;
using System.Numerics;

namespace Trunkline.Rpc.Deadlines;

/// <summary>
/// A hierarchical timer wheel: six levels of 64 slots, a slot of level n spans 64^n ticks, and a slot is a list of deadlines.
/// <code>
/// level 0: [tick][tick]...[tick]          the next 64 ticks, exact
/// level 1: [64 ticks]...[64 ticks]        cascades into level 0 when its time comes
/// ...
/// level 5: [64^5 ticks]...                what is further away than 64^6 ticks waits here and is placed anew
/// </code>
/// A deadline stands at the level of the highest digit (base 64) in which it differs from the present tick. Adding and removing touch one list and
/// one bit. Knows neither clocks nor locks; its owner has both.
/// </summary>
internal sealed class DeadlineWheel
{
    private const int Levels = 6;
    private const int BitsPerLevel = 6;
    private const int SlotsPerLevel = 1 << BitsPerLevel;
    private const int SlotMask = SlotsPerLevel - 1;

    private readonly Deadline?[] _slots = new Deadline?[Levels * SlotsPerLevel];
    private readonly ulong[] _occupied = new ulong[Levels];

    /// <summary>The number of deadlines held.</summary>
    public int Count { get; private set; }

    /// <summary>The tick up to which everything has been taken out.</summary>
    public long Now { get; private set; }

    /// <summary>Moves the present of an empty wheel, so that what is added next stands at the lowest level possible.</summary>
    public void Rebase(long now)
    {
        Debug.Assert(Count == 0, "Only an empty wheel can jump.");
        Now = Math.Max(Now, now);
    }

    /// <summary>Adds a deadline; one that is already due is placed at the next tick.</summary>
    public void Add(Deadline deadline, long due)
    {
        deadline.Due = Math.Max(due, Now + 1);
        Place(deadline);
        deadline.IsScheduled = true;
        Count++;
    }

    public void Remove(Deadline deadline)
    {
        Unlink(deadline);
        deadline.IsScheduled = false;
        Count--;
    }

    /// <summary>The next tick at which <see cref="Advance"/> has something to do: never later than the earliest deadline; long.MaxValue when empty.</summary>
    public long NextTick()
    {
        for (int level = 0; level < Levels; level++)
        {
            if (_occupied[level] != 0)
            {
                return StartOf(level, NextSlot(level));
            }
        }

        return long.MaxValue;
    }

    /// <summary>Moves the present and takes out what is due by then.</summary>
    /// <param name="now">The new present.</param>
    /// <returns>The due deadlines in the order of their ticks, linked by <see cref="Deadline.Next"/>; no longer scheduled.</returns>
    public Deadline? Advance(long now)
    {
        Deadline? first = null;
        Deadline? last = null;
        for (long next = NextTick(); next <= now; next = NextTick())
        {
            Now = next;
            OpenDueSlots(ref first, ref last);
        }

        Now = Math.Max(Now, now);
        return first;
    }

    /// <summary>Opens the slots that begin at the present: upper levels cascade, level 0 is due.</summary>
    private void OpenDueSlots(ref Deadline? first, ref Deadline? last)
    {
        for (int level = Levels - 1; level >= 0; level--)
        {
            int slot = (int)(Now >> (level * BitsPerLevel)) & SlotMask;
            if ((_occupied[level] & (1UL << slot)) == 0 || StartOf(level, slot) != Now)
            {
                continue;
            }

            Deadline? deadline = TakeSlot(level, slot);
            while (deadline is not null)
            {
                Deadline? next = deadline.Next;
                deadline.Next = deadline.Previous = null;
                if (deadline.Due <= Now)
                {
                    AppendDue(deadline, ref first, ref last);
                }
                else
                {
                    Place(deadline);
                }

                deadline = next;
            }
        }
    }

    private void AppendDue(Deadline deadline, ref Deadline? first, ref Deadline? last)
    {
        deadline.IsScheduled = false;
        Count--;
        if (last is null)
        {
            first = deadline;
        }
        else
        {
            last.Next = deadline;
        }

        last = deadline;
    }

    private void Place(Deadline deadline)
    {
        // The lowest digit counts as differing, or the level of the present tick itself would be -1.
        ulong difference = (ulong)(deadline.Due ^ Now) | SlotMask;
        int level = (63 - BitOperations.LeadingZeroCount(difference)) / BitsPerLevel;
        long place = deadline.Due;
        if (level >= Levels)
        {
            // In a later turn of the top level. Past the wheel's reach it waits in the farthest slot, from where it is placed anew.
            level = Levels - 1;
            place = Math.Min(place, Now + ((long)SlotMask << (level * BitsPerLevel)));
        }

        deadline.Level = level;
        deadline.Slot = (int)(place >> (level * BitsPerLevel)) & SlotMask;
        Link(deadline);
    }

    private void Link(Deadline deadline)
    {
        ref Deadline? head = ref _slots[(deadline.Level * SlotsPerLevel) + deadline.Slot];
        deadline.Next = head;
        deadline.Previous = null;
        if (head is not null)
        {
            head.Previous = deadline;
        }

        head = deadline;
        _occupied[deadline.Level] |= 1UL << deadline.Slot;
    }

    private void Unlink(Deadline deadline)
    {
        ref Deadline? head = ref _slots[(deadline.Level * SlotsPerLevel) + deadline.Slot];
        if (deadline.Previous is null)
        {
            head = deadline.Next;
        }
        else
        {
            deadline.Previous.Next = deadline.Next;
        }

        if (deadline.Next is not null)
        {
            deadline.Next.Previous = deadline.Previous;
        }

        deadline.Next = deadline.Previous = null;
        if (head is null)
        {
            _occupied[deadline.Level] &= ~(1UL << deadline.Slot);
        }
    }

    private Deadline? TakeSlot(int level, int slot)
    {
        ref Deadline? head = ref _slots[(level * SlotsPerLevel) + slot];
        Deadline? list = head;
        head = null;
        _occupied[level] &= ~(1UL << slot);
        return list;
    }

    /// <summary>The first occupied slot at or behind the present one, round the level.</summary>
    private int NextSlot(int level)
    {
        int present = (int)(Now >> (level * BitsPerLevel)) & SlotMask;
        ulong rotated = BitOperations.RotateRight(_occupied[level], present);
        return (present + BitOperations.TrailingZeroCount(rotated)) & SlotMask;
    }

    /// <summary>The tick at which a slot begins: in the present turn of its level, or in the next one where the slot lies behind the present.</summary>
    private long StartOf(int level, int slot)
    {
        int shift = level * BitsPerLevel;
        long turn = (Now >> (shift + BitsPerLevel)) << (shift + BitsPerLevel);
        long start = turn + ((long)slot << shift);
        return start < (Now >> shift) << shift ? start + (1L << (shift + BitsPerLevel)) : start;
    }
}
