using System.Reflection;

namespace Trunkline.Build.Tests;

/// <summary>What the project file of these tests has written into their assembly.</summary>
internal static class TestMetadata
{
    public static string Get(string key) => typeof(TestMetadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, key, StringComparison.Ordinal)).Value!;
}
