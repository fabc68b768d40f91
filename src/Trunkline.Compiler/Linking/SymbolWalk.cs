namespace Trunkline.Compiler.Linking;

/// <summary>All symbols of a kind in a file, outer ones before inner ones.</summary>
internal static class SymbolWalk
{
    public static IEnumerable<MessageSymbol> AllMessages(this FileSymbol file) => file.Messages.SelectMany(WithNested);

    public static IEnumerable<EnumSymbol> AllEnums(this FileSymbol file)
        => file.Enums.Concat(file.AllMessages().SelectMany(message => message.Enums));

    public static IEnumerable<FieldSymbol> AllExtensions(this FileSymbol file)
        => file.Extensions.Concat(file.AllMessages().SelectMany(message => message.Extensions));

    /// <summary>Fields and extensions; key and value of map entries too.</summary>
    public static IEnumerable<FieldSymbol> AllFields(this FileSymbol file)
        => file.AllMessages().SelectMany(message => message.Fields).Concat(file.AllExtensions());

    private static IEnumerable<MessageSymbol> WithNested(MessageSymbol message) => message.Messages.SelectMany(WithNested).Prepend(message);
}
