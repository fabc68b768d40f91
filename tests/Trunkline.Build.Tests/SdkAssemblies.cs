using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Trunkline.Build.Tests;

/// <summary>Finds MSBuild's assemblies where the SDK has them.</summary>
internal static class SdkAssemblies
{
    [ModuleInitializer]
    internal static void Resolve()
    {
        var folder = TestMetadata.Get("MSBuildPath");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
    }
}
