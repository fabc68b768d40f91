using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Lowering;

/// <summary>
/// Takes out of a descriptor what editions alone have: features and visibility. Options that are empty then are gone, as they would be had nobody written any.
/// </summary>
internal static class FeatureRemoval
{
    public static void Apply(FileDescriptorProto file)
    {
        file.Options = Without(file.Options, options => options.Features = null);
        file.Extensions.ForEach(Apply);
        file.EnumTypes.ForEach(Apply);
        file.MessageTypes.ForEach(Apply);
        foreach (var service in file.Services)
        {
            service.Options = Without(service.Options, options => options.Features = null);
            foreach (var method in service.Methods)
            {
                method.Options = Without(method.Options, options => options.Features = null);
            }
        }
    }

    private static void Apply(DescriptorProto message)
    {
        message.Visibility = null;
        message.Options = Without(message.Options, options => options.Features = null);
        message.Fields.ForEach(Apply);
        message.Extensions.ForEach(Apply);
        message.EnumTypes.ForEach(Apply);
        message.NestedTypes.ForEach(Apply);
        foreach (var oneof in message.OneofDecls)
        {
            oneof.Options = Without(oneof.Options, options => options.Features = null);
        }

        foreach (var range in message.ExtensionRanges)
        {
            range.Options = Without(range.Options, options => options.Features = null);
        }
    }

    private static void Apply(FieldDescriptorProto field)
    {
        field.Options = Without(field.Options, options => options.Features = null);
    }

    private static void Apply(EnumDescriptorProto type)
    {
        type.Visibility = null;
        type.Options = Without(type.Options, options => options.Features = null);
        foreach (var value in type.Values)
        {
            value.Options = Without(value.Options, options => options.Features = null);
        }
    }

    private static T? Without<T>(T? options, Action<T> remove)
        where T : DescriptorMessage
    {
        if (options is not null)
        {
            remove(options);
        }

        return options?.ToByteArray().Length > 0 ? options : null;
    }
}
