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

    /// <summary>Everything that can have options, the file itself first.</summary>
    public static IEnumerable<Symbol> AllElements(this FileSymbol file)
    {
        IEnumerable<Symbol> inMessages = file.AllMessages().SelectMany(message => ((IEnumerable<Symbol>)[message]).Concat(message.Oneofs).Concat(message.ExtensionRanges));
        IEnumerable<Symbol> inEnums = file.AllEnums().SelectMany(type => type.Values.Prepend<Symbol>(type));
        IEnumerable<Symbol> inServices = file.Services.SelectMany(service => service.Methods.Prepend<Symbol>(service));
        return ((IEnumerable<Symbol>)[file.Options]).Concat(inMessages).Concat(file.AllFields()).Concat(inEnums).Concat(inServices);
    }

    private static IEnumerable<MessageSymbol> WithNested(MessageSymbol message) => message.Messages.SelectMany(WithNested).Prepend(message);
}
