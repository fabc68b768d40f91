using System.Buffers;
using System.Text;
using Trunkline.Rpc.Tests.Clients;

namespace Trunkline.Rpc.Tests.Methods;

public sealed class MarshallerTests
{
    public static TheoryData<Marshaller<string>> Forms => new()
    {
        Marshallers.StringMarshaller,
        TestMethods.Codec,
        Marshallers.Create<string>(
            (text, context) =>
            {
                context.GetBufferWriter().Write(Encoding.UTF8.GetBytes(text));
                context.Complete();
            },
            context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence())),
        Marshallers.Create<string>(
            (text, context) => context.Complete(Encoding.UTF8.GetBytes(text)), context => Encoding.UTF8.GetString(context.PayloadAsNewBuffer())),
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Marshaller_MadeInAnyForm_HasTheArrayForm(Marshaller<string> marshaller)
    {
        Assert.Equal("text ☺"u8.ToArray(), marshaller.Serializer("text ☺"));
        Assert.Equal("text ☺", marshaller.Deserializer("text ☺"u8.ToArray()));
        Assert.Equal("", marshaller.Deserializer(marshaller.Serializer("")));
    }

    [Fact]
    public void Serializer_ThatDoesNotComplete_IsNamed()
    {
        Marshaller<string> marshaller = Marshallers.Create<string>((_, _) => { }, _ => "");

        Assert.Contains("without completing", Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Method_FullName_IsThePath()
    {
        Assert.Equal("/test.Service/Unary", TestMethods.Unary.FullName);
        Assert.Throws<ArgumentException>(
            () => new Method<string, string>(MethodType.Unary, "", "M", Marshallers.StringMarshaller, Marshallers.StringMarshaller));
    }
}
