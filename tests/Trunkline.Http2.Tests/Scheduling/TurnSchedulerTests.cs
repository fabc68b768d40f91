using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Tests.Scheduling;

public class TurnSchedulerTests
{
    private const int Guard = TurnScheduler<Item>.GuardInterval;

    [Fact]
    public void Turns_SharingStreams_GoRound()
    {
        TurnScheduler<Item> scheduler = Enqueued(Shares(1, 3), Shares(3, 3), Shares(5, 3));
        Assert.Equal([1, 3, 5, 1, 3, 5, 1], Turns(scheduler, 7));
    }

    [Fact]
    public void Turns_SequentialStreams_ComeOneAfterTheOtherInStreamOrder()
    {
        Item[] items = [Waits(5, 3, quanta: 3), Waits(1, 3, quanta: 2), Waits(3, 3, quanta: 2)];
        Assert.Equal([1, 1, 3, 3, 5, 5, 5], Turns(Enqueued(items), 7));
    }

    [Fact]
    public void Turns_BothKinds_TheSequentialOnesHaveTheShareOfOne()
    {
        TurnScheduler<Item> scheduler = Enqueued(Shares(1, 3), Waits(3, 3), Waits(5, 3), Shares(7, 3));
        int[] turns = [.. Turns(scheduler, 300)];
        Assert.InRange(turns.Count(id => id == 1), 94, 106);
        Assert.InRange(turns.Count(id => id == 7), 94, 106);
        Assert.InRange(turns.Count(id => id is 3 or 5), 94, 106);
    }

    [Fact]
    public void Turns_LowerUrgencyNumber_GoesFirst_ButForTheGuard()
    {
        TurnScheduler<Item> scheduler = Enqueued(Shares(1, 7), Shares(3, 0), Waits(5, 5));
        int[] turns = [.. Turns(scheduler, 10 * Guard)];
        Assert.Equal(10, turns.Count(id => id is 1 or 5));
        Assert.Equal(5, turns.Count(id => id == 1));
        Assert.All(turns.Take(Guard - 1), id => Assert.Equal(3, id));
    }

    [Fact]
    public void SetClass_WhileWaiting_MovesTheStream()
    {
        Item late = Shares(3, 7);
        TurnScheduler<Item> scheduler = Enqueued(Shares(1, 3), late);
        scheduler.SetClass(late, new TurnClass(0, IsSequential: true));
        Assert.Equal(3, scheduler.Dequeue()!.Id.Value);
        Assert.Equal(1, scheduler.Dequeue()!.Id.Value);
        Assert.Null(scheduler.Dequeue());
    }

    [Fact]
    public void WouldBeNext_OnlyWhereNobodyOfTheUrgencyOrBelowWaits()
    {
        TurnScheduler<Item> scheduler = Enqueued(Shares(1, 3));
        Assert.True(scheduler.WouldBeNext(new TurnClass(2, false)));
        Assert.False(scheduler.WouldBeNext(new TurnClass(3, true)));
        Assert.False(scheduler.WouldBeNext(new TurnClass(7, false)));
        scheduler.Dequeue();
        Assert.True(scheduler.WouldBeNext(new TurnClass(7, false)));
    }

    [Fact]
    public void HaveUrgenciesMet_OnceTwoDiffer()
    {
        TurnScheduler<Item> scheduler = Enqueued(Shares(1, 3), Waits(3, 3));
        Assert.False(scheduler.HaveUrgenciesMet);
        scheduler.Meet(new TurnClass(0, false));
        Assert.True(scheduler.HaveUrgenciesMet);
    }

    // The laws, over any sequence of streams becoming ready, being served, leaving and changing class.
    [Fact]
    public void AnyHistory_KeepsTheLaws() =>
        Prop.ForAll<(byte Event, byte Stream, byte Class)[]>(events =>
        {
            var model = new Model();
            foreach ((byte kind, byte stream, byte classNumber) in events)
            {
                model.Apply(kind % 8, stream % 12, new TurnClass((byte)(classNumber % 4), classNumber >= 128));
            }

            model.Drain();
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(300));

    // Nothing starves: with all streams always ready, each has its turn within 16 (k + 1) turns, where k waited longer.
    [Fact]
    public void AnyClasses_AlwaysReady_EachIsServedWithinTheBound() =>
        Prop.ForAll<byte[]>(classes =>
        {
            Item[] items = [.. classes.Take(40).Select((number, index) => new Item((2 * index) + 1, new TurnClass((byte)(number % 8), number >= 128)))];
            TurnScheduler<Item> scheduler = Enqueued(items);
            var waited = items.ToDictionary(item => item.Id.Value, _ => 0);
            foreach (int id in Turns(scheduler, items.Length * Guard * 3))
            {
                foreach (Item item in items)
                {
                    waited[item.Id.Value]++;
                }

                Assert.InRange(waited[id], 1, Guard * items.Length);
                waited[id] = 0;
            }

            Assert.All(waited.Values, turns => Assert.InRange(turns, 0, Guard * items.Length));
            return true;
        }).QuickCheckThrowOnFailure();

    private static Item Shares(int id, byte urgency) => new(id, new TurnClass(urgency, IsSequential: false));

    private static Item Waits(int id, byte urgency, int quanta = int.MaxValue) => new(id, new TurnClass(urgency, IsSequential: true)) { Quanta = quanta };

    private static TurnScheduler<Item> Enqueued(params Item[] items)
    {
        var scheduler = new TurnScheduler<Item>();
        foreach (Item item in items)
        {
            scheduler.Enqueue(item);
        }

        return scheduler;
    }

    // Who had the turns; each has as many as its quanta.
    private static IEnumerable<int> Turns(TurnScheduler<Item> scheduler, int count)
    {
        for (int i = 0; i < count && scheduler.Dequeue() is { } item; i++)
        {
            if (--item.Quanta > 0)
            {
                scheduler.Enqueue(item);
            }

            yield return item.Id.Value;
        }
    }

    private sealed class Item(int id, TurnClass turnClass) : IReadyItem<Item>
    {
        private ReadyNode<Item> _node = new() { Class = turnClass };

        public StreamId Id { get; } = new(id);

        public int Quanta { get; set; } = int.MaxValue;

        public ref ReadyNode<Item> Node => ref _node;
    }

    /// <summary>The same rules in lists that are searched from end to end.</summary>
    private sealed class Model
    {
        private readonly TurnScheduler<Item> _scheduler = new();
        private readonly Item[] _items = [.. Enumerable.Range(0, 12).Select(number => new Item((2 * number) + 1, TurnClass.Unmarked))];
        private readonly List<Item> _byAge = [];
        private readonly List<Item> _inClassOrder = [];
        private int _passedOver;

        public void Apply(int kind, int stream, TurnClass turnClass)
        {
            Item item = _items[stream];
            switch (kind)
            {
                case 0 or 1 or 2:
                    Enqueue(item);
                    break;
                case 3:
                    _scheduler.Remove(item);
                    _byAge.Remove(item);
                    _inClassOrder.Remove(item);
                    break;
                case 4:
                    SetClass(item, turnClass);
                    break;
                case 5:
                    Serve(again: false);
                    break;
                default:
                    Serve(again: true);
                    break;
            }

            Assert.Equal(_byAge.Count == 0, _scheduler.IsEmpty);
        }

        public void Drain()
        {
            while (_byAge.Count > 0)
            {
                Serve(again: false);
            }

            Assert.Null(_scheduler.Dequeue());
        }

        private void Enqueue(Item item)
        {
            _scheduler.Enqueue(item);
            if (!_byAge.Contains(item))
            {
                _byAge.Add(item);
                _inClassOrder.Add(item);
            }
        }

        private void SetClass(Item item, TurnClass turnClass)
        {
            _scheduler.SetClass(item, turnClass);
            if (_inClassOrder.Remove(item))
            {
                _inClassOrder.Add(item);
            }
        }

        private void Serve(bool again)
        {
            Item? served = _scheduler.Dequeue();
            if (_byAge.Count == 0)
            {
                Assert.Null(served);
                return;
            }

            Assert.NotNull(served);
            Item oldest = _byAge[0];
            int urgency = _byAge.Min(item => item.Node.Class.Urgency);
            Item[] level = [.. _inClassOrder.Where(item => item.Node.Class.Urgency == urgency)];
            Item? sharing = level.FirstOrDefault(item => !item.Node.Class.IsSequential);
            Item? sequential = level.Where(item => item.Node.Class.IsSequential).MinBy(item => item.Id.Value);

            // Urgency first, and within it the head of one of the two kinds; or the oldest of all, by the guard.
            Assert.True(served == sharing || served == sequential || served == oldest);
            _passedOver = served == oldest ? 0 : _passedOver + 1;
            Assert.InRange(_passedOver, 0, Guard - 1);

            _byAge.Remove(served);
            _inClassOrder.Remove(served);
            Assert.False(served.Node.IsReady);
            if (again)
            {
                Enqueue(served);
            }
        }
    }
}
