namespace Trunkline.Conformance.Attacks;

/// <summary>One attack: what it does on a connection, and what stops it.</summary>
/// <param name="Name">The attack in words.</param>
/// <param name="Budget">The property of Http2Limits or Http2Options that stops it.</param>
/// <param name="Default">Its default, in words.</param>
/// <param name="Play">What it does on one connection; returns when it has nothing more to do.</param>
/// <param name="Connections">How many connections do it at once.</param>
/// <param name="Rounds">How often it is done, one after the other.</param>
/// <param name="Patience">How long it waits for the server to end it, in seconds.</param>
internal sealed record Attack(string Name, string Budget, string Default, Func<RawPeer, TargetProcess, Task> Play, int Connections = 1, int Rounds = 10, int Patience = 20);
