namespace Trunkline.Architecture.Tests.Assemblies;

/// <summary>One type uses another, or a member of it: in a signature, a field, a base list or a body.</summary>
/// <param name="User">The top-level type in whose source the use stands.</param>
/// <param name="Used">The full name of what is used; nested types appear as their outermost type.</param>
/// <param name="Member">The member, or empty where the type alone is named.</param>
/// <param name="IsOwn">True if the used type belongs to the same assembly.</param>
internal readonly record struct TypeUse(TypeHome User, string Used, string Member, bool IsOwn)
{
    public override string ToString() => Member.Length == 0 ? Used : $"{Used}.{Member}";
}
