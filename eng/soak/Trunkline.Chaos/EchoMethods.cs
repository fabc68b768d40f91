namespace Trunkline.Chaos;

/// <summary>The methods that clients call and attackers abuse. All echo.</summary>
internal static class EchoMethods
{
    public const string Service = "chaos.Echo";

    public static readonly Method<string, string> Unary = Make(MethodType.Unary, "Unary");

    /// <summary>Sends the request back as often as its first number says.</summary>
    public static readonly Method<string, string> Repeat = Make(MethodType.ServerStreaming, "Repeat");

    /// <summary>Joins the requests.</summary>
    public static readonly Method<string, string> Join = Make(MethodType.ClientStreaming, "Join");

    public static readonly Method<string, string> Chat = Make(MethodType.DuplexStreaming, "Chat");

    /// <summary>Answers after a while: what a peer that resets its streams leaves running.</summary>
    public static readonly Method<string, string> Slow = Make(MethodType.Unary, "Slow");

    private static Method<string, string> Make(MethodType type, string name) =>
        new(type, Service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
