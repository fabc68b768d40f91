using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>A message or an enum, and how Python names it.</summary>
/// <param name="File">The file that declares it.</param>
/// <param name="Parent">The message around it; null at the top of the file.</param>
/// <param name="Name">The simple name.</param>
/// <param name="Message">The message; null for an enum.</param>
/// <param name="Enum">The enum; null for a message.</param>
internal sealed record PythonType(FileDescriptorProto File, PythonType? Parent, string Name, DescriptorProto? Message, EnumDescriptorProto? Enum)
{
    /// <summary>The names from the top of the file on, <c>A.B</c>.</summary>
    public string DottedName => Parent is null ? Name : $"{Parent.DottedName}.{Name}";

    /// <summary>The class as an expression in its own module: keywords are looked up.</summary>
    public string Expression => Parent is null ? PythonNames.InModule(Name)
        : PythonNames.IsKeyword(Name) ? $"getattr({Parent.Expression}, '{Name}')"
        : $"{Parent.Expression}.{Name}";

    /// <summary>The variable of its own module that holds the descriptor, <c>_A_B</c>.</summary>
    public string DescriptorName => (Parent is null ? "_" : Parent.DescriptorName + "_") + PythonNames.Upper(Name);

    /// <summary>The class as an expression in the module of <paramref name="user"/>.</summary>
    public string ExpressionIn(FileDescriptorProto user)
        => File.Name == user.Name ? Expression : $"{PythonModule.Of(File).Alias}.{Expression}";
}
