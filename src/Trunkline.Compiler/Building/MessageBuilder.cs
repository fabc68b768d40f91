using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Building;

internal static class MessageBuilder
{
    public static DescriptorProto Build(MessageSymbol message)
    {
        var descriptor = new DescriptorProto { Name = message.Name, Options = BuildOptions(message) };
        descriptor.Fields.AddRange(message.Fields.Select(FieldBuilder.Build));
        descriptor.NestedTypes.AddRange(message.Messages.Select(Build));
        descriptor.EnumTypes.AddRange(message.Enums.Select(EnumBuilder.Build));
        descriptor.Extensions.AddRange(message.Extensions.Select(FieldBuilder.Build));
        descriptor.OneofDecls.AddRange(message.Oneofs.Select(BuildOneof));
        descriptor.ExtensionRanges.AddRange(message.ExtensionRanges.Select(BuildRange));
        descriptor.ReservedRanges.AddRange(message.ReservedRanges);
        descriptor.ReservedNames.AddRange(message.ReservedNames.Select(name => name.Text));
        return descriptor;
    }

    private static MessageOptions? BuildOptions(MessageSymbol message)
    {
        if (message.IsMapEntry)
        {
            return new MessageOptions { MapEntry = true };
        }

        return message.OptionBytes is { } options ? MessageOptions.Read(options) : null;
    }

    private static OneofDescriptorProto BuildOneof(OneofSymbol oneof)
        => new() { Name = oneof.Name, Options = oneof.OptionBytes is { } options ? OneofOptions.Read(options) : null };

    private static ExtensionRange BuildRange(ExtensionRangeSymbol range)
        => new()
        {
            Start = range.Start,
            End = range.End,
            Options = range.OptionBytes is { } options ? ExtensionRangeOptions.Read(options) : null,
        };
}

internal static class FieldBuilder
{
    public static FieldDescriptorProto Build(FieldSymbol field)
        => new()
        {
            Name = field.Name,
            Extendee = field.IsExtension ? "." + field.ContainingType!.FullName : null,
            Number = field.Number,
            Label = field.Label,
            Type = field.Type,
            TypeName = field.MessageType is { } message ? "." + message.FullName : field.EnumType is { } type ? "." + type.FullName : null,
            DefaultValue = field.DefaultValue,
            Options = field.OptionBytes is { } options ? FieldOptions.Read(options) : null,
            OneofIndex = field.OneofIndex,
            JsonName = field.JsonName,
            Proto3Optional = field.IsProto3Optional ? true : null,
        };
}

internal static class EnumBuilder
{
    public static EnumDescriptorProto Build(EnumSymbol type)
    {
        var descriptor = new EnumDescriptorProto { Name = type.Name, Options = type.OptionBytes is { } options ? EnumOptions.Read(options) : null };
        descriptor.Values.AddRange(type.Values.Select(BuildValue));
        descriptor.ReservedRanges.AddRange(type.ReservedRanges.Select(BuildRange));
        descriptor.ReservedNames.AddRange(type.ReservedNames.Select(name => name.Text));
        return descriptor;
    }

    private static EnumValueDescriptorProto BuildValue(EnumValueSymbol value)
        => new() { Name = value.Name, Number = value.Number, Options = value.OptionBytes is { } options ? EnumValueOptions.Read(options) : null };

    private static EnumReservedRange BuildRange(RangeSyntax range) => new() { Start = range.Start.Int32, End = range.End.Int32 };
}

internal static class ServiceBuilder
{
    public static ServiceDescriptorProto Build(ServiceSymbol service)
    {
        var descriptor = new ServiceDescriptorProto
        {
            Name = service.Name,
            Options = service.OptionBytes is { } options ? ServiceOptions.Read(options) : null,
        };
        descriptor.Methods.AddRange(service.Methods.Select(BuildMethod));
        return descriptor;
    }

    private static MethodDescriptorProto BuildMethod(MethodSymbol method)
        => new()
        {
            Name = method.Name,
            InputType = "." + method.Input!.FullName,
            OutputType = "." + method.Output!.FullName,

            // protoc has options for a method with a body, even for an empty one.
            Options = method.OptionBytes is { } options ? MethodOptions.Read(options) : method.Syntax.HasBody ? new MethodOptions() : null,
            ClientStreaming = method.Syntax.Input.StreamToken >= 0 ? true : null,
            ServerStreaming = method.Syntax.Output.StreamToken >= 0 ? true : null,
        };
}
