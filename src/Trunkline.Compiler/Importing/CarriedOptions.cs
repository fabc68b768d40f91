using System.Globalization;
using System.Text;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Importing;

/// <summary>
/// Options of descriptors as option nodes: first the one that carries them all, then, for rules that look at the tree, the few that are looked for there.
/// </summary>
internal static class CarriedOptions
{
    public static IEnumerable<OptionSyntax> Of(DescriptorMessage? options)
    {
        if (options is null)
        {
            return [];
        }

        var carried = new CarriedOptionsSyntax(options);
        carried.Name.Add(new OptionNamePartSyntax("", isExtension: false));
        return [carried, .. Known(options)];
    }

    public static CompactOptionsSyntax? InBrackets(DescriptorMessage? options)
    {
        if (options is null)
        {
            return null;
        }

        var brackets = new CompactOptionsSyntax();
        brackets.Items.AddRange(Of(options));
        return brackets;
    }

    private static IEnumerable<OptionSyntax> Known(DescriptorMessage options) => options switch
    {
        Descriptors.FileOptions file =>
        [
            .. Word("optimize_for", file.OptimizeFor == OptimizeMode.LiteRuntime ? "LITE_RUNTIME" : null),
            .. Word("java_string_check_utf8", TextOf(file.JavaStringCheckUtf8)),
        ],
        MessageOptions message => Word("message_set_wire_format", TextOf(message.MessageSetWireFormat)),
        EnumOptions type => Word("allow_alias", TextOf(type.AllowAlias)),
        FieldOptions field =>
        [
            .. Word("packed", TextOf(field.Packed)),
            .. Word("ctype", field.CType is { } ctype ? NameOf("", ctype.ToString()) : null),
            .. Word("retention", field.Retention is { } retention ? NameOf("RETENTION_", retention.ToString()) : null),
            .. field.Targets.SelectMany(target => Word("targets", NameOf("TARGET_TYPE_", target.ToString()))),
        ],
        _ => [],
    };

    private static IEnumerable<OptionSyntax> Word(string name, string? value)
    {
        if (value is not null)
        {
            var option = new OptionSyntax { Value = new IdentifierSyntax(value) };
            option.Name.Add(new OptionNamePartSyntax(name, isExtension: false));
            yield return option;
        }
    }

    private static string? TextOf(bool? value) => value is { } set ? (set ? "true" : "false") : null;

    // EnumEntry is ENUM_ENTRY in descriptor.proto.
    private static string NameOf(string prefix, string name)
    {
        var text = new StringBuilder(prefix);
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]))
            {
                text.Append('_');
            }

            text.Append(char.ToUpper(name[i], CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
