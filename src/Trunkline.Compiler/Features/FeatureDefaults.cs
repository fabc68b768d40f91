using System.Collections.Concurrent;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Features;

/// <summary>
/// The features of each edition where nothing else is said. descriptor.proto declares them: every feature carries the values it had from which edition on.
/// </summary>
internal sealed class FeatureDefaults
{
    private readonly List<(FieldSymbol Feature, List<EditionDefault> Defaults)> _features;
    private readonly ConcurrentDictionary<Edition, FeatureSet> _byEdition = new();

    private FeatureDefaults(List<(FieldSymbol Feature, List<EditionDefault> Defaults)> features) => _features = features;

    /// <summary>Reads the declarations; null from a descriptor.proto that is older than editions.</summary>
    public static FeatureDefaults? From(FileSymbol descriptorFile)
    {
        if (descriptorFile.Messages.Find(message => message.FullName == "google.protobuf.FeatureSet") is not { } featureSet)
        {
            return null;
        }

        List<(FieldSymbol, List<EditionDefault>)> features = [];
        foreach (FieldSymbol feature in featureSet.Fields)
        {
            // A descriptor.proto of somebody's own may have anything for a number, which is reported elsewhere.
            if (feature is { OptionBytes: { } options, EnumType: not null, Number: > 0 and < SymbolCollector.OnePastLastFieldNumber })
            {
                features.Add((feature, FieldOptions.Read(options).EditionDefaults));
            }
        }

        return new FeatureDefaults(features);
    }

    /// <summary>What holds in an edition. The caller must not change it.</summary>
    public FeatureSet For(Edition edition) => _byEdition.GetOrAdd(edition, Compute);

    private FeatureSet Compute(Edition edition)
    {
        var writer = new WireWriter();
        foreach ((FieldSymbol feature, List<EditionDefault> defaults) in _features)
        {
            string? value = defaults.Where(candidate => candidate.Edition <= edition).MaxBy(candidate => candidate.Edition)?.Value;
            if (value is not null && feature.EnumType!.FindValue(value) is { } named)
            {
                writer.WriteInt32(feature.Number, named.Number);
            }
        }

        return FeatureSet.Read(writer.Written);
    }
}
