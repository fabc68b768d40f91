using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Trunkline.Descriptors;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>
/// Files of the corpus that fit into one program, compiled twice: as our generator writes them and as protoc does. Files whose code by protoc does not compile
/// are in ours alone, and <see cref="OnlyOurs"/> names them.
/// </summary>
internal sealed class CorpusCode
{
    private static readonly Lazy<CorpusCode[]> Made = new(Make);

    private CorpusCode(List<FileDescriptorProto> files)
    {
        Files = files;
        FileDescriptorProto[] own = [.. files.Where(file => !file.Name!.StartsWith("google/protobuf/", StringComparison.Ordinal))];
        var request = new GeneratorRequest { Files = files, FilesToGenerate = [.. own.Select(file => file.Name!)], Parameter = "base_namespace=" };
        var result = new CSharpGenerator().Generate(request, CancellationToken.None);
        Assert.Null(result.Error);
        Ours = GeneratedCode.Compile([.. result.Files.Select(file => file.Content)]);

        // One run of protoc per file: all in one would look for conflicts that no program sees.
        var theirs = own.SelectMany(file => GeneratedCode.ProtocFiles(Corpus.Folder, "base_namespace=", file.Name!)).ToDictionary(StringComparer.Ordinal);
        Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), result.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Theirs = CompileWhatCompiles(theirs);
        OnlyOurs = [.. result.Files.Select(file => file.Name).Except(theirs.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        OursOfTheirs = OnlyOurs.Length == 0 ? Ours : GeneratedCode.Compile([.. result.Files.Where(file => theirs.ContainsKey(file.Name)).Select(file => file.Content)]);
    }

    /// <summary>The corpus in as few programs as it takes.</summary>
    public static CorpusCode[] Programs => Made.Value;

    /// <summary>The descriptors.</summary>
    public List<FileDescriptorProto> Files { get; }

    /// <summary>Our code of all files.</summary>
    public Assembly Ours { get; }

    /// <summary>Our code of the files in <see cref="Theirs"/>.</summary>
    public Assembly OursOfTheirs { get; }

    /// <summary>protoc's code.</summary>
    public Assembly Theirs { get; }

    /// <summary>The outputs of protoc that do not compile.</summary>
    public string[] OnlyOurs { get; }

    private static CorpusCode[] Make()
    {
        List<(Dictionary<string, FileDescriptorProto> Files, HashSet<string> Names)> groups = [];
        foreach (var name in Corpus.Files)
        {
            var closure = FileDescriptorSet.Read(Protoc.DescriptorSet(Corpus.Folder, name)).Files;
            var group = groups.Find(one => closure.Where(file => !one.Files.ContainsKey(file.Name!)).SelectMany(Names).All(item => !one.Names.Contains(item)));
            if (group.Files is null)
            {
                group = (new(StringComparer.Ordinal), new(StringComparer.OrdinalIgnoreCase));
                groups.Add(group);
            }

            foreach (var file in closure)
            {
                group.Files[file.Name!] = file;
                group.Names.UnionWith(Names(file));
            }
        }

        return [.. groups.Select(group => new CorpusCode([.. group.Files.Values]))];
    }

    // What two files of one program must not both have: names in C#, names in the runtime's pool, and paths.
    private static IEnumerable<string> Names(FileDescriptorProto file)
    {
        var space = (file.Options?.CsharpNamespace ?? file.Package ?? "").Replace("_", "", StringComparison.Ordinal);
        IEnumerable<string?> types = [.. file.MessageTypes.Select(message => message.Name), .. file.EnumTypes.Select(type => type.Name)];
        IEnumerable<string?> others =
        [
            .. file.EnumTypes.SelectMany(type => type.Values).Select(value => value.Name),
            .. file.Services.Select(service => service.Name),
            .. file.Extensions.Select(extension => extension.Name),
        ];
        var stem = new string([.. Path.GetFileNameWithoutExtension(file.Name!).Where(char.IsAsciiLetterOrDigit)]);
        return [$"{space}.{stem}Reflection", .. types.Select(type => $"{space}.{type}"), .. types.Concat(others).Select(name => $"proto {file.Package}.{name}")];
    }

    private static Assembly CompileWhatCompiles(Dictionary<string, string> sources)
    {
        while (true)
        {
            string[] paths = [.. sources.Keys];
            var (assembly, findings) = GeneratedCode.TryCompile(LanguageVersion.Latest, [.. paths.Select(path => "#pragma warning disable\n" + sources[path])]);
            if (assembly is not null)
            {
                return assembly;
            }

            foreach (var path in findings.Select(finding => paths[int.Parse(finding.Location.SourceTree!.FilePath, System.Globalization.CultureInfo.InvariantCulture)]))
            {
                sources.Remove(path);
            }
        }
    }
}
