using System.Text;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Importing;

/// <summary>Makes syntax of enums.</summary>
internal sealed class EnumImporter(DescriptorFaults faults)
{
    public EnumSyntax Import(EnumDescriptorProto type)
    {
        var syntax = new EnumSyntax { Name = faults.NameOf(type.Name), Visibility = type.Visibility };
        syntax.Members.AddRange(CarriedOptions.Of(type.Options));
        syntax.Members.AddRange(type.Values.Select(ImportValue));
        if (type.ReservedRanges.Count > 0 || type.ReservedNames.Count > 0)
        {
            var reserved = new ReservedSyntax();
            reserved.Ranges.AddRange(type.ReservedRanges.Select(range => Numbers.Range(range.Start ?? 0, range.End ?? 0)));
            reserved.Names.AddRange(type.ReservedNames.Select(name => new StringSyntax(Encoding.UTF8.GetBytes(name))));
            syntax.Members.Add(reserved);
        }

        return syntax;
    }

    private EnumValueSyntax ImportValue(EnumValueDescriptorProto value)
        => new() { Name = faults.NameOf(value.Name), Number = Numbers.Integer(value.Number ?? 0), Options = CarriedOptions.InBrackets(value.Options) };
}
