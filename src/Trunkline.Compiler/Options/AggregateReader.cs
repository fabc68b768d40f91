using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>Reads a message in text form into an <see cref="OptionMessage"/>; <see cref="AggregateScalarReader"/> reads the values in it.</summary>
internal sealed class AggregateReader
{
    // What may stand before the slash when a message is packed into an Any.
    private const string UsualPrefix = "type.googleapis.com";
    private const string OtherPrefix = "type.googleprod.com";

    private readonly FileSymbol _file;
    private readonly NameResolver _names;
    private readonly DiagnosticBag _diagnostics;
    private readonly string _option;
    private readonly AggregateScalarReader _scalars;

    /// <summary>Makes a reader for one option.</summary>
    /// <param name="file">The file that the option stands in.</param>
    /// <param name="names">Finds extensions and packed types.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="option">The option's name for reports.</param>
    public AggregateReader(FileSymbol file, NameResolver names, DiagnosticBag diagnostics, string option)
    {
        _file = file;
        _names = names;
        _diagnostics = diagnostics;
        _option = option;
        _scalars = new AggregateScalarReader(file, diagnostics, Fail);
    }

    /// <summary>Reads <paramref name="aggregate"/> into <paramref name="message"/>; false after a report.</summary>
    public bool Read(OptionMessage message, AggregateSyntax aggregate)
    {
        if (!ReadFields(message, aggregate))
        {
            return false;
        }

        string missing = string.Join(", ", message.FindMissing());
        return missing.Length == 0 || Fail(aggregate, $"Message missing required fields: {missing}");
    }

    private bool ReadFields(OptionMessage message, AggregateSyntax aggregate)
    {
        foreach (AggregateFieldSyntax entry in aggregate.Fields)
        {
            bool read = entry.UrlPrefix is null ? ReadField(message, entry) : ReadAny(message, entry);
            if (!read)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadField(OptionMessage message, AggregateFieldSyntax entry)
    {
        FieldSymbol? field = entry.IsExtension ? FindExtension(message.Type, entry.Name) : FindField(message.Type, entry.Name);
        if (field is null)
        {
            return !entry.IsExtension && message.Type.ReservedNames.Exists(name => name.Text == entry.Name) ? SkipReserved(entry) : FailUnknown(message, entry);
        }

        if (field.Type is null || !field.HasWritableNumber)
        {
            // Its type was not found, or its number is none, which has been reported where it is declared.
            return false;
        }

        bool isMessage = field.Type is FieldType.Message or FieldType.Group;
        if (!isMessage && !entry.HasColon)
        {
            return Fail(entry.Value, $"Expected \":\", found \"{_scalars.FirstTokenOf(entry.Value)}\".");
        }

        if (!field.IsRepeated && message.Has(field))
        {
            return Fail(entry, $"Non-repeated field \"{entry.Name}\" is specified multiple times.");
        }

        if (message.FindOneofSibling(field) is { } sibling)
        {
            return Fail(entry, $"Field \"{field.Name}\" is specified along with field \"{sibling.Name}\", another member of oneof \"{message.Type.Oneofs[field.OneofIndex!.Value].Name}\".");
        }

        return entry.Value is ListSyntax list && field.IsRepeated
            ? list.Items.TrueForAll(item => ReadValue(message, field, item))
            : ReadValue(message, field, entry.Value);
    }

    /// <summary>What a reserved name is set to does not matter, so that old text can still be read.</summary>
    private bool SkipReserved(AggregateFieldSyntax entry)
        => entry.HasColon || entry.Value is AggregateSyntax || Fail(entry.Value, $"Expected \"{{\", found \"{_scalars.FirstTokenOf(entry.Value)}\".");

    private bool FailUnknown(OptionMessage message, AggregateFieldSyntax entry)
        => Fail(entry, entry.IsExtension
            ? $"Extension \"{entry.Name}\" is not defined or is not an extension of \"{message.Type.FullName}\"."
            : $"Message type \"{message.Type.FullName}\" has no field named \"{entry.Name}\".");

    private static FieldSymbol? FindField(MessageSymbol type, string name)
    {
        if (type.FindField(name) is { } field)
        {
            return field;
        }

        // A group, and a field that could have been one, may be named as its message is.
        field = type.FindField(name.ToLowerInvariant());
        return field is { IsLikeGroup: true } && field.MessageType!.Name == name ? field : null;
    }

    /// <summary>In a message set an extension may be named by its message, when it is declared in that message.</summary>
    private FieldSymbol? FindExtension(MessageSymbol type, string name) => _names.Find(name, type.FullName, typesOnly: false) switch
    {
        FieldSymbol { IsExtension: true } extension => extension.ContainingType == type ? extension : null,
        MessageSymbol message when type.IsMessageSet => message.Extensions.Find(
            extension => extension.ContainingType == type && extension.MessageType == message && !extension.IsRepeated),
        _ => null,
    };

    /// <summary>[type.googleapis.com/pkg.Type] { ... } inside an Any is that message, packed.</summary>
    private bool ReadAny(OptionMessage message, AggregateFieldSyntax entry)
    {
        if (message.Type.FullName != "google.protobuf.Any" || message.Type.FindField("type_url") is not { } url || message.Type.FindField("value") is not { } content)
        {
            return Fail(entry, "Extension name contains \"/\"");
        }

        if (entry.UrlPrefix is not (UsualPrefix or OtherPrefix) || _names.Find("." + entry.Name, "", typesOnly: true) is not MessageSymbol packedType)
        {
            return Fail(entry, $"Could not find type \"{entry.UrlPrefix}/{entry.Name}\" stored in google.protobuf.Any.");
        }

        if (message.Has(url) || message.Has(content))
        {
            return Fail(entry, "Non-repeated Any specified multiple times.");
        }

        var packed = new OptionMessage(packedType);
        if (!ReadBody(packed, entry.Value))
        {
            return false;
        }

        string missing = string.Join(", ", packed.FindMissing());
        if (missing.Length > 0)
        {
            return Fail(entry, $"Value of type \"{entry.Name}\" stored in google.protobuf.Any has missing required fields: {missing}");
        }

        message.Add(url, new OptionValue(0, Encoding.UTF8.GetBytes($"{entry.UrlPrefix}/{entry.Name}")), entry);
        message.Add(content, new OptionValue(0, null, packed), entry);
        return true;
    }

    private bool ReadBody(OptionMessage message, ValueSyntax value)
        => value is AggregateSyntax body ? ReadFields(message, body) : Fail(value, $"Expected \"{{\", found \"{_scalars.FirstTokenOf(value)}\".");

    private bool ReadValue(OptionMessage message, FieldSymbol field, ValueSyntax value)
    {
        if (field.Type is FieldType.Message or FieldType.Group)
        {
            var nested = new OptionMessage(field.MessageType!);
            if (!ReadBody(nested, value))
            {
                return false;
            }

            message.Add(field, new OptionValue(0, null, nested), value);
            return true;
        }

        if (_scalars.Read(field, value) is not { } scalar)
        {
            return false;
        }

        message.Add(field, scalar, value);
        return true;
    }

    private bool Fail(SyntaxNode place, string problem)
    {
        if (!_file.IsIncomplete)
        {
            _diagnostics.Add(new AggregateProblem(_file.Span(place), _option, problem));
        }

        return false;
    }
}
