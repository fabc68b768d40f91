using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Cli.Protoc.Outputs;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc.Reports;

/// <summary>
/// The features that each edition sets by default, as one file for runtimes to embed. descriptor.proto declares them: each feature carries its values with the
/// editions from which on they hold, and says from when to when it can be set.
/// </summary>
internal sealed class EditionDefaultsFile
{
    private const string FeatureSetName = "FeatureSet";

    private readonly FileDescriptorProto _file;
    private readonly DescriptorProto _features;

    private EditionDefaultsFile(FileDescriptorProto file, DescriptorProto features)
    {
        _file = file;
        _features = features;
    }

    /// <summary>Adds the file when it is asked for.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Add(ProtocArguments arguments, CompilationResult compilation, OutputPlaces places)
    {
        if (arguments.EditionDefaultsOut is not { } path)
        {
            return null;
        }

        var minimum = arguments.EditionDefaultsMinimum ?? Edition.Proto2;
        var maximum = arguments.EditionDefaultsMaximum ?? Edition.Edition2024;
        if (minimum < Edition.Legacy)
        {
            return $"{path}: Minimum edition {EditionNames.NameOf(minimum)} is earlier than the oldest valid edition {EditionNames.NameOf(Edition.Legacy)}";
        }

        if (minimum > maximum)
        {
            return $"{path}: Invalid edition range, edition {EditionNames.NameOf(minimum)} is newer than edition {EditionNames.NameOf(maximum)}";
        }

        var file = compilation.Files.FirstOrDefault(candidate => candidate.Name == "google/protobuf/descriptor.proto");
        if (file?.MessageTypes.Find(message => message.Name == FeatureSetName) is not { } features)
        {
            return $"{path}: Could not find FeatureSet in descriptor pool.  Please make sure descriptor.proto is in your import path";
        }

        if (compilation.Files.FirstOrDefault(candidate => candidate.Extensions.Exists(IsFeature) || candidate.MessageTypes.Exists(message => message.Extensions.Exists(IsFeature))) is { } custom)
        {
            return $"{path}: {custom.Name} extends FeatureSet, and this version knows the defaults of the features in descriptor.proto alone. Leave the file out.";
        }

        places.Add(path, new EditionDefaultsFile(file, features).Build(minimum, maximum).ToByteArray());
        return OutputFolder.CheckParent(path);
    }

    private static bool IsFeature(FieldDescriptorProto extension) => extension.Extendee == ".google.protobuf." + FeatureSetName;

    private FeatureSetDefaults Build(Edition minimum, Edition maximum)
    {
        var defaults = new FeatureSetDefaults { MinimumEdition = minimum, MaximumEdition = maximum };

        // What is not settled yet is always there, for runtimes to try.
        var editions = _features.Fields
            .SelectMany(field => field.Options?.EditionDefaults ?? [])
            .Select(value => value.Edition ?? Edition.Unknown)
            .Where(edition => edition <= maximum || edition == Edition.Unstable)
            .Distinct()
            .Order();
        defaults.Defaults.AddRange(editions.Select(BuildEdition));
        return defaults;
    }

    private FeatureSetEditionDefault BuildEdition(Edition edition)
    {
        var overridable = new WireWriter();
        var settled = new WireWriter();
        foreach (var field in _features.Fields)
        {
            var value = field.Options?.EditionDefaults.Where(candidate => candidate.Edition <= edition).MaxBy(candidate => candidate.Edition)?.Value;
            if (value is not null && FindNumber(field.TypeName!, value) is { } number)
            {
                (IsOverridable(field, edition) ? overridable : settled).WriteInt32(field.Number!.Value, number);
            }
        }

        return new FeatureSetEditionDefault
        {
            Edition = edition,
            OverridableFeatures = FeatureSet.Read(overridable.Written),
            FixedFeatures = FeatureSet.Read(settled.Written),
        };
    }

    private static bool IsOverridable(FieldDescriptorProto field, Edition edition)
    {
        var support = field.Options?.FeatureSupport;
        return !(support?.EditionIntroduced > edition) && !(support?.EditionRemoved <= edition);
    }

    // Features are enums inside FeatureSet, or inside messages there that only group them.
    private int? FindNumber(string typeName, string value)
        => FindEnum(_features, $".{_file.Package}.{_features.Name}", typeName)?.Values.Find(candidate => candidate.Name == value)?.Number;

    private static EnumDescriptorProto? FindEnum(DescriptorProto message, string scope, string typeName)
        => message.EnumTypes.Find(type => $"{scope}.{type.Name}" == typeName)
            ?? message.NestedTypes.Select(nested => FindEnum(nested, $"{scope}.{nested.Name}", typeName)).FirstOrDefault(type => type is not null);
}
