using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Trunkline.Build.Tests;

/// <summary>Finds MSBuild's assemblies where the SDK has them.</summary>
internal static class SdkAssemblies
{
    [ModuleInitializer]
    internal static void Resolve()
    {
        var folder = typeof(SdkAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => string.Equals(attribute.Key, "MSBuildPath", StringComparison.Ordinal)).Value!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
    }
}
