using System.Collections;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>The members of a generated class, called as users call them: by name.</summary>
internal sealed class MessageMembers
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly MessageDescriptor _type;
    private readonly ExtensionMembers[] _extensions;
    private readonly MethodInfo _clone;
    private readonly MethodInfo _merge;
    private readonly PropertyInfo[] _properties;
    private readonly MethodInfo[] _clears;

    public MessageMembers(MessageDescriptor type, IEnumerable<FieldDescriptor> extensions)
    {
        Type code = type.ClrType;
        _type = type;
        _extensions = [.. extensions.Select(extension => new ExtensionMembers(code, extension))];
        _clone = code.GetMethod("Clone", Own, Type.EmptyTypes)!;
        _merge = code.GetMethod("MergeFrom", Own, [code])!;
        _properties = [.. code.GetProperties(Own).Where(property => property.CanRead).OrderBy(property => property.Name, StringComparer.Ordinal)];
        _clears = [.. code.GetMethods(Own)
            .Where(method => method.Name.StartsWith("Clear", StringComparison.Ordinal) && !method.IsGenericMethod && method.GetParameters().Length == 0)
            .OrderBy(method => method.Name, StringComparer.Ordinal)];
    }

    public IMessage Clone(IMessage message) => (IMessage)_clone.Invoke(message, null)!;

    public void Merge(IMessage message, IMessage other) => _merge.Invoke(message, [other]);

    /// <summary>Notes what every member gives, and what is left when it has done what it does.</summary>
    public void Note(Observation seen, IMessage message)
    {
        foreach (PropertyInfo property in _properties)
        {
            seen.Note(property.Name, () => Show(property.GetValue(message)));
        }

        foreach (MethodInfo clear in _clears)
        {
            seen.Note(clear.Name, () =>
            {
                IMessage clone = Clone(message);
                clear.Invoke(clone, null);
                return clone.ToByteArray();
            });
        }

        foreach (ExtensionMembers extension in _extensions)
        {
            extension.Note(seen, message, Clone);
        }

        seen.NoteReflective("set field by field", () => SetFieldByField(message).ToByteArray());
        foreach (FieldDescriptor field in _type.Fields.InFieldNumberOrder())
        {
            seen.NoteReflective($"{field.Name} through reflection", () => ThroughReflection(message, field));
        }
    }

    internal static string Show(object? value) => value switch
    {
        null => "null",
        ByteString bytes => Convert.ToHexString(bytes.Span),
        IMessage message => Convert.ToHexString(message.ToByteArray()),
        string text => text,
        IDictionary map => string.Join("; ", map.Cast<DictionaryEntry>().Select(entry => $"{Show(entry.Key)}={Show(entry.Value)}")),
        IEnumerable list => string.Join("; ", list.Cast<object?>().Select(Show)),
        var other => FormattableString.Invariant($"{other}"),
    };

    private static string ThroughReflection(IMessage message, FieldDescriptor field)
    {
        string has = field.HasPresence ? $"{field.Accessor.HasValue(message)}" : "no presence";
        IMessage clone = (IMessage)message.GetType().GetMethod("Clone")!.Invoke(message, null)!;
        field.Accessor.Clear(clone);
        return $"{has}, {Show(field.Accessor.GetValue(message))}, cleared {Convert.ToHexString(clone.ToByteArray())}";
    }

    /// <summary>A message made anew through the setters and collections of the fields that are set in another. What is unknown stays behind.</summary>
    private IMessage SetFieldByField(IMessage message)
    {
        var made = (IMessage)Activator.CreateInstance(_type.ClrType)!;
        foreach (FieldDescriptor field in _type.Fields.InFieldNumberOrder())
        {
            object? value = field.Accessor.GetValue(message);
            if (field.IsMap)
            {
                foreach (DictionaryEntry entry in (IDictionary)value!)
                {
                    ((IDictionary)field.Accessor.GetValue(made)).Add(entry.Key, entry.Value);
                }
            }
            else if (field.IsRepeated)
            {
                foreach (object element in (IList)value!)
                {
                    ((IList)field.Accessor.GetValue(made)).Add(element);
                }
            }
            else if (value is not null && (!field.HasPresence || field.Accessor.HasValue(message)))
            {
                _type.ClrType.GetProperty(field.PropertyName, Own)!.SetValue(made, value);
            }
        }

        return made;
    }
}
