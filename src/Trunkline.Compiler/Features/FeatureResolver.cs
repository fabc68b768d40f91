using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Features;

/// <summary>Gives every element of a file its features: what it sets itself, over what holds around it.</summary>
internal static class FeatureResolver
{
    public static void Resolve(FileSymbol file)
    {
        if (!file.SetsFeatures)
        {
            // Elements without features of their own have those of the edition.
            return;
        }

        Resolve(file.Options, file.EditionFeatures);
        FeatureSet features = file.Options.Features;
        file.Messages.ForEach(message => ResolveMessage(message, features));
        file.Enums.ForEach(type => ResolveEnum(type, features));
        file.Extensions.ForEach(extension => Resolve(extension, features));
        foreach (ServiceSymbol service in file.Services)
        {
            Resolve(service, features);
            service.Methods.ForEach(method => Resolve(method, service.Features));
        }
    }

    /// <summary>What is set over what is inherited; a feature that is not set is inherited.</summary>
    public static FeatureSet Merge(FeatureSet inherited, FeatureSet? set)
    {
        if (set is null)
        {
            return inherited;
        }

        var merged = FeatureSet.Read(inherited.ToByteArray());
        merged.MergeFrom(set.ToByteArray());
        return merged;
    }

    private static void ResolveMessage(MessageSymbol message, FeatureSet around)
    {
        Resolve(message, around);
        message.Oneofs.ForEach(oneof => Resolve(oneof, message.Features));
        foreach (FieldSymbol field in message.Fields)
        {
            Resolve(field, field.OneofIndex is { } index ? message.Oneofs[index].Features : message.Features);
        }

        message.Extensions.ForEach(extension => Resolve(extension, message.Features));
        message.ExtensionRanges.ForEach(range => Resolve(range, message.Features));
        message.Messages.ForEach(nested => ResolveMessage(nested, message.Features));
        message.Enums.ForEach(type => ResolveEnum(type, message.Features));
    }

    private static void ResolveEnum(EnumSymbol type, FeatureSet around)
    {
        Resolve(type, around);
        type.Values.ForEach(value => Resolve(value, type.Features));
    }

    private static void Resolve(Symbol element, FeatureSet around) => element.Features = Merge(around, element.OwnFeatures);
}
