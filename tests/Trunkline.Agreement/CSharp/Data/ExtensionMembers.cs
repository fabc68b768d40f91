using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>The members of a class that take an extension, bound to one.</summary>
internal sealed class ExtensionMembers
{
    private readonly FieldDescriptor _field;
    private readonly Extension _identifier;
    private readonly bool _isRepeated;
    private readonly Dictionary<string, MethodInfo> _members;

    public ExtensionMembers(Type code, FieldDescriptor field)
    {
        _field = field;
        _identifier = field.Extension;
        Type form = _identifier.GetType();
        _isRepeated = form.GetGenericTypeDefinition() == typeof(RepeatedExtension<,>);
        _members = code.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.IsGenericMethodDefinition && method.GetParameters()[0].ParameterType.GetGenericTypeDefinition() == form.GetGenericTypeDefinition())
            .ToDictionary(method => method.Name, method => method.MakeGenericMethod(form.GetGenericArguments()[1]), StringComparer.Ordinal);
    }

    /// <summary>Notes what each member gives and does.</summary>
    public void Note(Observation seen, IMessage message, Func<IMessage, IMessage> clone)
    {
        seen.Note($"get {_field.FullName}", () => MessageMembers.Show(Call("GetExtension", message)));
        if (!_isRepeated)
        {
            seen.Note($"has {_field.FullName}", () => Call("HasExtension", message));
        }

        seen.Note($"clear {_field.FullName}", () => Changed(message, clone, other => Call("ClearExtension", other)));
        seen.Note($"get or make {_field.FullName}", () => _isRepeated ? Changed(message, clone, other => Call("GetOrInitializeExtension", other)) : "");
        seen.Note($"set {_field.FullName}", () => _isRepeated ? "" : Changed(message, clone, other =>
        {
            object? value = Call("GetExtension", message);
            Call("ClearExtension", other);
            if (value is not null)
            {
                Call("SetExtension", other, value);
            }
        }));
    }

    private static byte[] Changed(IMessage message, Func<IMessage, IMessage> clone, Action<IMessage> change)
    {
        IMessage other = clone(message);
        change(other);
        return other.ToByteArray();
    }

    private object? Call(string name, IMessage message, params object[] more) => _members[name].Invoke(message, [_identifier, .. more]);
}
