using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Building;

internal sealed class MessageBuilder(OptionSource source)
{
    public DescriptorProto Build(MessageSymbol message)
    {
        var descriptor = new DescriptorProto { Name = message.Name, Options = BuildOptions(message), Visibility = message.Syntax?.Visibility };
        var fields = new FieldBuilder(source);
        descriptor.Fields.AddRange(message.Fields.Select(fields.Build));
        descriptor.NestedTypes.AddRange(message.Messages.Select(Build));
        descriptor.EnumTypes.AddRange(message.Enums.Select(new EnumBuilder(source).Build));
        descriptor.Extensions.AddRange(message.Extensions.Select(fields.Build));
        descriptor.OneofDecls.AddRange(message.Oneofs.Select(BuildOneof));
        descriptor.ExtensionRanges.AddRange(message.ExtensionRanges.Select(BuildRange));
        descriptor.ReservedRanges.AddRange(message.ReservedRanges);
        descriptor.ReservedNames.AddRange(message.ReservedNames.Select(name => name.Text));
        return descriptor;
    }

    private MessageOptions? BuildOptions(MessageSymbol message)
    {
        if (message.IsMapEntry)
        {
            return new MessageOptions { MapEntry = true };
        }

        return source.Of(message) is { } options ? MessageOptions.Read(options) : null;
    }

    private OneofDescriptorProto BuildOneof(OneofSymbol oneof)
        => new() { Name = oneof.Name, Options = source.Of(oneof) is { } options ? OneofOptions.Read(options) : null };

    private ExtensionRange BuildRange(ExtensionRangeSymbol range)
        => new()
        {
            Start = range.Start,
            End = range.End,
            Options = source.Of(range) is { } options ? ExtensionRangeOptions.Read(options) : null,
        };
}

internal sealed class FieldBuilder(OptionSource source)
{
    public FieldDescriptorProto Build(FieldSymbol field)
        => new()
        {
            Name = field.Name,
            Extendee = field.IsExtension ? "." + field.ContainingType!.FullName : null,
            Number = field.Number,
            Label = field.Label,
            Type = field.Type,
            TypeName = field.MessageType is { } message ? "." + message.FullName : field.EnumType is { } type ? "." + type.FullName : null,
            DefaultValue = field.DefaultValue,
            Options = source.Of(field) is { } options ? FieldOptions.Read(options) : null,
            OneofIndex = field.OneofIndex,
            JsonName = field.JsonName,
            Proto3Optional = field.IsProto3Optional ? true : null,
        };
}

internal sealed class EnumBuilder(OptionSource source)
{
    public EnumDescriptorProto Build(EnumSymbol type)
    {
        var descriptor = new EnumDescriptorProto
        {
            Name = type.Name,
            Options = source.Of(type) is { } options ? EnumOptions.Read(options) : null,
            Visibility = type.Syntax.Visibility,
        };
        descriptor.Values.AddRange(type.Values.Select(BuildValue));
        descriptor.ReservedRanges.AddRange(type.ReservedRanges.Select(BuildRange));
        descriptor.ReservedNames.AddRange(type.ReservedNames.Select(name => name.Text));
        return descriptor;
    }

    private EnumValueDescriptorProto BuildValue(EnumValueSymbol value)
        => new() { Name = value.Name, Number = value.Number, Options = source.Of(value) is { } options ? EnumValueOptions.Read(options) : null };

    private EnumReservedRange BuildRange(RangeSyntax range) => new() { Start = range.Start.Int32, End = range.End.Int32 };
}

internal sealed class ServiceBuilder(OptionSource source)
{
    public ServiceDescriptorProto Build(ServiceSymbol service)
    {
        var descriptor = new ServiceDescriptorProto
        {
            Name = service.Name,
            Options = source.Of(service) is { } options ? ServiceOptions.Read(options) : null,
        };
        descriptor.Methods.AddRange(service.Methods.Select(BuildMethod));
        return descriptor;
    }

    private MethodDescriptorProto BuildMethod(MethodSymbol method)
        => new()
        {
            Name = method.Name,
            InputType = "." + method.Input!.FullName,
            OutputType = "." + method.Output!.FullName,

            // protoc has options for a method with a body, even for an empty one; not for one whose options were all for the compiler.
            Options = source.Of(method) is { } options ? MethodOptions.Read(options)
                : method.Syntax.HasBody && method.OptionSyntax.Count == 0 ? new MethodOptions() : null,
            ClientStreaming = method.Syntax.Input.StreamToken >= 0 ? true : null,
            ServerStreaming = method.Syntax.Output.StreamToken >= 0 ? true : null,
        };
}
