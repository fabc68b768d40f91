using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>How names of a <c>.proto</c> file become names in C#. They are those that protoc gives, since users have code against them.</summary>
internal static class CSharpNames
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object",
        "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short",
        "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked",
        "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",

        // No keywords everywhere, but not the names of types either, at least in some version of C#.
        "alias", "allows", "and", "async", "await", "dynamic", "extension", "field", "file", "global", "managed", "nameof", "nint", "not", "notnull",
        "nuint", "or", "partial", "record", "required", "scoped", "unmanaged", "var", "when", "where", "with", "yield",
    ];

    /// <summary>A name that C# would take for a keyword gets its <c>@</c>.</summary>
    public static string Identifier(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary><c>my_field2name</c> becomes <c>MyField2Name</c>.</summary>
    public static string Pascal(string name) => Camel(name, upperFirst: true, keepPeriods: false);

    /// <summary><c>my_field</c> becomes <c>myField</c>.</summary>
    public static string Camel(string name) => Camel(name, upperFirst: false, keepPeriods: false);

    /// <summary>The namespace of a file: what it says, or its package in Pascal case.</summary>
    public static string Namespace(FileDescriptorProto file) =>
        string.Join('.', (file.Options?.CsharpNamespace ?? Camel(file.Package ?? "", upperFirst: true, keepPeriods: true)).Split('.').Select(Identifier));

    /// <summary>The class that holds the descriptor of a file, without its namespace.</summary>
    public static string ReflectionName(FileDescriptorProto file) => FileClass(file, "Reflection");

    /// <summary>The class that holds the top-level extensions of a file, without its namespace.</summary>
    public static string ExtensionsName(FileDescriptorProto file) => FileClass(file, "Extensions");

    /// <summary>The stem of a file in Pascal case: <c>a/route_guide.proto</c> gives <c>RouteGuide</c>.</summary>
    public static string FileStem(string fileName)
    {
        var stem = fileName[(fileName.LastIndexOf('/') + 1)..];
        var dot = stem.LastIndexOf('.');
        return Pascal(dot < 0 ? stem : stem[..dot]);
    }

    /// <summary>The path of the generated file, or null when the namespace does not lie in the base namespace.</summary>
    public static string? OutputPath(FileDescriptorProto file, CSharpOptions options, string extension)
    {
        var name = FileStem(file.Name!) + extension;
        if (options.BaseNamespace is not { } root)
        {
            return name;
        }

        var space = Namespace(file).Replace("@", "", StringComparison.Ordinal);
        if (root.Length > 0)
        {
            if (!string.Equals(space, root, StringComparison.Ordinal) && !space.StartsWith(root + ".", StringComparison.Ordinal))
            {
                return null;
            }

            space = space[root.Length..].TrimStart('.');
        }

        return space.Length == 0 ? name : $"{space.Replace('.', '/')}/{name}";
    }

    /// <summary>The property of a field, or the identifier of an extension. Groups have the name of their type, whose capitals a field's name has lost.</summary>
    public static string Property(FieldSchema field)
    {
        var name = Pascal(SourceName(field));
        return string.Equals(name, field.ContainingMessage.Name, StringComparison.Ordinal) || MemberNames.OfEveryMessage.Contains(name) ? name + "_" : name;
    }

    /// <summary>The name that property and storage are made of.</summary>
    private static string SourceName(FieldSchema field) => field.IsGroupLike ? field.Message!.Name : field.Name;

    /// <summary>The members of an enum, in the order of its values; a name that comes out twice gets underscores behind it.</summary>
    public static IReadOnlyList<string> EnumMembers(EnumDescriptorProto type)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var value in type.Values)
        {
            var name = EnumMember(type.Name!, value.Name!);
            while (!used.Add(name))
            {
                name += "_";
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary><c>KIND_UNSPECIFIED</c> of the enum <c>Kind</c> becomes <c>Unspecified</c>.</summary>
    internal static string EnumMember(string enumName, string valueName)
    {
        var name = PascalFromUpper(WithoutPrefix(enumName, valueName));
        return name.Length == 0 ? "_" : char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    // A type of the file may have the name, and it has the older right to it.
    private static string FileClass(FileDescriptorProto file, string suffix)
    {
        var name = FileStem(file.Name!) + suffix;
        while (file.MessageTypes.Exists(message => string.Equals(message.Name, name, StringComparison.Ordinal))
            || file.EnumTypes.Exists(type => string.Equals(type.Name, name, StringComparison.Ordinal)))
        {
            name += "_";
        }

        return name;
    }

    private static string Camel(string name, bool upperFirst, bool keepPeriods)
    {
        var result = new StringBuilder(name.Length);
        var upperNext = upperFirst;
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterLower(letter))
            {
                result.Append(upperNext ? char.ToUpperInvariant(letter) : letter);
                upperNext = false;
            }
            else if (char.IsAsciiLetterUpper(letter))
            {
                result.Append(result.Length == 0 && !upperNext ? char.ToLowerInvariant(letter) : letter);
                upperNext = false;
            }
            else
            {
                if (char.IsAsciiDigit(letter) || (letter == '.' && keepPeriods))
                {
                    result.Append(letter);
                }

                upperNext = true;
            }
        }

        // A digit cannot begin an identifier, so the underscore in front of it stays.
        return result.Length > 0 && char.IsAsciiDigit(result[0]) && name[0] == '_' ? "_" + result : result.ToString();
    }

    private static string WithoutPrefix(string enumName, string valueName)
    {
        var prefix = enumName.Replace("_", "", StringComparison.Ordinal);
        var matched = 0;
        var index = 0;
        for (; index < valueName.Length && matched < prefix.Length; index++)
        {
            if (valueName[index] == '_')
            {
                continue;
            }

            if (char.ToLowerInvariant(valueName[index]) != char.ToLowerInvariant(prefix[matched]))
            {
                return valueName;
            }

            matched++;
        }

        var rest = valueName[index..].TrimStart('_');
        return matched < prefix.Length || rest.Length == 0 ? valueName : rest;
    }

    private static string PascalFromUpper(string name)
    {
        var result = new StringBuilder(name.Length);
        var previous = '_';
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                var upper = !char.IsAsciiLetter(previous);
                var keep = char.IsAsciiLetterLower(previous);
                result.Append(upper ? char.ToUpperInvariant(letter) : keep ? letter : char.ToLowerInvariant(letter));
            }

            previous = letter;
        }

        return result.ToString();
    }
}
