namespace Trunkline.Compiler;

/// <summary>
/// One entry of the import path: files below <paramref name="DiskPath"/> are known under <paramref name="VirtualPath"/>. Roots are searched in order and the
/// first hit wins; <paramref name="DiskPath"/> may be a single file, which then is known exactly as <paramref name="VirtualPath"/>.
/// </summary>
/// <param name="VirtualPath">The prefix in import statements; empty for a plain <c>-I</c>.</param>
/// <param name="DiskPath">The directory or file on disk.</param>
public sealed record ImportRoot(string VirtualPath, string DiskPath)
{
    /// <summary>A plain root without a virtual prefix.</summary>
    /// <param name="diskPath">The directory on disk.</param>
    public ImportRoot(string diskPath)
        : this("", diskPath)
    {
    }
}
