using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Running;

/// <summary>
/// What an input led to: its outcomes as numbers, one for each outcome and one for each pair of successive ones, which decide whether the input is
/// worth keeping; and, when it is replayed, what happened in words.
/// </summary>
internal sealed class Trace(TextWriter? story = null)
{
    private readonly HashSet<ulong> _outcomes = [];
    private readonly HashSet<ulong> _pairs = [];
    private ulong _last;
    private string? _broken;

    /// <summary>The outcomes seen so far.</summary>
    public IReadOnlyCollection<ulong> Outcomes => _outcomes;

    /// <summary>The pairs of outcomes, one right behind the other.</summary>
    public IReadOnlyCollection<ulong> Pairs => _pairs;

    /// <summary>Whether somebody reads along.</summary>
    public bool IsTold => story is not null;

    /// <summary>Notes an outcome. Numbers in the text do not count, so that an outcome is one of a kind and not one of a size.</summary>
    public void See(string kind, ReadOnlySpan<char> outcome = default)
    {
        ulong hash = Mix(Mix(14_695_981_039_346_656_037, kind), outcome);
        _outcomes.Add(hash);
        _pairs.Add(unchecked((_last * 31) + hash));
        _last = hash;
    }

    /// <summary>Tells what happens, for whoever reads along.</summary>
    public void Tell(string what) => story?.WriteLine(what);

    /// <inheritdoc cref="Tell(string)"/>
    public void Tell([InterpolatedStringHandlerArgument("")] StoryText what) => story?.WriteLine(what.ToString());

    /// <summary>An error's reason as an outcome: what the peer wrote into it by itself does not count.</summary>
    public static string ReasonOf(in Http2Error error) => error.Origin == ErrorOrigin.Peer ? $"the peer's {error.Code}" : error.Reason ?? "none";

    /// <summary>Notes a broken law where an exception would end in the engine's hands; <see cref="Check"/> throws it later.</summary>
    public void Expect(bool holds, string law)
    {
        if (!holds)
        {
            _broken ??= law;
        }
    }

    /// <inheritdoc cref="Expect(bool, string)"/>
    public void Expect(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] LawText law) => Expect(holds, holds ? "" : law.ToString());

    /// <summary>Ends the execution if a noted law is broken.</summary>
    public void Check()
    {
        if (_broken is { } law)
        {
            Fail(law);
        }
    }

    /// <summary>Ends the execution: the law does not hold.</summary>
    [DoesNotReturn]
    public static void Fail(string law) => throw new BrokenLawException(law);

    /// <summary>Ends the execution unless the law holds.</summary>
    public static void Hold([DoesNotReturnIf(false)] bool holds, string law)
    {
        if (!holds)
        {
            Fail(law);
        }
    }

    /// <inheritdoc cref="Hold(bool, string)"/>
    public static void Hold([DoesNotReturnIf(false)] bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] LawText law)
    {
        if (!holds)
        {
            Fail(law.ToString());
        }
    }

    // FNV-1a over everything but numbers, decimal ones and those behind 0x.
    private static ulong Mix(ulong hash, ReadOnlySpan<char> text)
    {
        bool isHex = false;
        foreach (char c in text)
        {
            isHex = c == 'x' || (isHex && char.IsAsciiHexDigit(c));
            if (!isHex && !char.IsAsciiDigit(c))
            {
                hash = unchecked((hash ^ c) * 1_099_511_628_211);
            }
        }

        return hash;
    }
}
