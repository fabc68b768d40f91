using System.Runtime.InteropServices;

namespace Trunkline.Http2.Limits;

/// <summary>
/// What this side has sent since the connection began. Much of what a peer sends answers it: credit for data, PINGs that measure the path, resets of
/// calls that were answered meanwhile. Such frames are earned and cost no budget.
/// </summary>
/// <param name="Frames">HEADERS and DATA frames.</param>
/// <param name="Resets">RST_STREAM frames.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Activity(long Frames, long Resets);
