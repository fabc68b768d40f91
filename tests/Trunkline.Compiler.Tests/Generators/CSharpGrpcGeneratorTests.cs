using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

public class CSharpGrpcGeneratorTests
{
    [ProtocFact]
    public void Client_HasEveryFormOfEachKind()
    {
        var client = Compile("").GetType("My.Pkg.V1.Greeter+GreeterClient")!;
        Assert.Equal(typeof(ClientBase<>), client.BaseType!.GetGenericTypeDefinition());
        Assert.Equal(
            [
                "AsyncClientStreamingCall<Thing, Empty> Up(*)",
                "AsyncDuplexStreamingCall<Far, Thing> Both(*)",
                "AsyncServerStreamingCall<Empty> Old(Thing, *)",
                "AsyncServerStreamingCall<Thing> Both(IAsyncEnumerable<Far>, *)",
                "AsyncUnaryCall<Empty> HelloAsync(Thing, *)",
                "AsyncUnaryCall<Empty> UpAsync(IAsyncEnumerable<Thing>, *)",
                "Empty Hello(Thing, *)",
                "Empty Up(IEnumerable<Thing>, *)",
                "IEnumerable<Thing> Both(IEnumerable<Far>, *)",
            ],
            Forms(client, "CallOptions"));
        Assert.Equal(Forms(client, "CallOptions"), Forms(client, "Metadata, Nullable<DateTime>, CancellationToken"));
    }

    [ProtocFact]
    public void Bases_HaveOneVirtualMethodPerCall()
    {
        var assembly = Compile("");
        Assert.Equal(
            [
                "Task Both(IAsyncStreamReader<Far>, IServerStreamWriter<Thing>, *)",
                "Task Old(Thing, IServerStreamWriter<Empty>, *)",
                "Task<Empty> Hello(Thing, *)",
                "Task<Empty> Up(IAsyncStreamReader<Thing>, *)",
            ],
            Forms(assembly.GetType("My.Pkg.V1.Greeter+GreeterBase")!, "ServerCallContext"));
        Assert.Equal(
            [
                "Empty Hello(Thing, *)",
                "Empty Up(IEnumerable<Thing>, *)",
                "IEnumerable<Empty> Old(Thing, *)",
                "IEnumerable<Thing> Both(IEnumerable<Far>, *)",
            ],
            Forms(assembly.GetType("My.Pkg.V1.Greeter+GreeterBlockingBase")!, "ServerCallContext"));
    }

    [ProtocFact]
    public void BindServiceAttribute_LeadsToTheBinding()
    {
        var assembly = Compile("");
        foreach (var name in new[] { "GreeterBase", "GreeterBlockingBase" })
        {
            var implementation = assembly.GetType($"My.Pkg.V1.Greeter+{name}")!;
            var attribute = implementation.GetCustomAttribute<BindServiceMethodAttribute>()!;
            var bind = attribute.BindType.GetMethod(attribute.BindMethodName, [typeof(ServiceBinderBase), implementation])!;
            var binder = new RecordingBinder();
            bind.Invoke(null, [binder, null]);
            Assert.Equal(
                ["/my.pkg.v1.Greeter/Hello Unary", "/my.pkg.v1.Greeter/Old ServerStreaming", "/my.pkg.v1.Greeter/Up ClientStreaming", "/my.pkg.v1.Greeter/Both DuplexStreaming"],
                binder.Methods);
        }
    }

    [ProtocFact]
    public void DeprecatedMethod_IsObsoleteInAllForms()
    {
        var assembly = Compile("");
        foreach (var name in new[] { "GreeterBase", "GreeterBlockingBase", "GreeterClient" })
        {
            var type = assembly.GetType($"My.Pkg.V1.Greeter+{name}")!;
            Assert.All(Declared(type), method => Assert.Equal(method.Name.StartsWith("Old", StringComparison.Ordinal), method.IsDefined(typeof(ObsoleteAttribute))));
        }
    }

    [ProtocFact]
    public void NoClientAndNoServer_LeaveTheirHalfOut()
    {
        Assert.Null(Compile("no_client").GetType("My.Pkg.V1.Greeter+GreeterClient"));
        Assert.NotNull(Compile("no_client").GetType("My.Pkg.V1.Greeter+GreeterBase"));
        var client = Compile("no_server");
        Assert.NotNull(client.GetType("My.Pkg.V1.Greeter+GreeterClient"));
        Assert.Null(client.GetType("My.Pkg.V1.Greeter+GreeterBase"));
        Assert.Null(client.GetType("My.Pkg.V1.Greeter+GreeterBlockingBase"));
        Assert.False(Compile("internal_access").GetType("My.Pkg.V1.Greeter")!.IsPublic);
    }

    [ProtocFact]
    public void Files_WithoutServices_GiveNoOutput()
    {
        Assert.Empty(GeneratedCode.Run(new CSharpGrpcGenerator(), "", "other.proto").Files);
        Assert.Equal(["EveryShapeGrpc.cs"], GeneratedCode.Run(new CSharpGrpcGenerator(), "", "every_shape.proto", "other.proto").Files.Select(file => file.Name));
    }

    [ProtocFact]
    public void LiteClient_CallsThroughAnInvokerAlone()
    {
        var client = Compile("lite_client").GetType("My.Pkg.V1.Greeter+GreeterClient")!;
        Assert.Equal(typeof(LiteClientBase), client.BaseType);
        Assert.Equal(
            ["", "CallInvoker"],
            client.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(constructor => string.Join(", ", constructor.GetParameters().Select(parameter => parameter.ParameterType.Name))).Order(StringComparer.Ordinal));
        Assert.Equal(Forms(Compile("").GetType("My.Pkg.V1.Greeter+GreeterClient")!, "CallOptions"), Forms(client, "CallOptions"));
        var made = Activator.CreateInstance(client, nonPublic: true)!;
        var call = client.GetMethods().First(method => string.Equals(method.Name, "Hello", StringComparison.Ordinal) && method.GetParameters().Length == 2);
        var failure = Assert.Throws<TargetInvocationException>(() => call.Invoke(made, [null, default(CallOptions)]));
        Assert.IsType<NotSupportedException>(failure.InnerException);
    }

    [ProtocTheory]
    [InlineData("append_async_suffix=true", "HelloAsync")]
    [InlineData("append_async_suffix=false", "Hello")]
    [InlineData("append_async_suffix", "Hello")]
    public void AppendAsyncSuffix_RenamesWhatIsImplementedAsynchronously(string parameter, string name)
    {
        var assembly = Compile(parameter);
        Assert.NotNull(assembly.GetType("My.Pkg.V1.Greeter+GreeterBase")!.GetMethod(name));
        Assert.NotNull(assembly.GetType("My.Pkg.V1.Greeter+GreeterBlockingBase")!.GetMethod("Hello"));
        Assert.Equal(Forms(Compile("").GetType("My.Pkg.V1.Greeter+GreeterClient")!, "CallOptions"), Forms(assembly.GetType("My.Pkg.V1.Greeter+GreeterClient")!, "CallOptions"));
    }

    [ProtocFact]
    public void FileSuffixAndBaseNamespace_DecideThePath()
    {
        Assert.Equal(["EveryShape.g.cs"], GeneratedCode.Run(new CSharpGrpcGenerator(), "file_suffix=.g.cs", "every_shape.proto").Files.Select(file => file.Name));
        Assert.Equal(["Pkg/V1/EveryShapeGrpc.cs"], GeneratedCode.Run(new CSharpGrpcGenerator(), "base_namespace=My", "every_shape.proto").Files.Select(file => file.Name));
        Assert.Contains("base_namespace Mine", GeneratedCode.Run(new CSharpGrpcGenerator(), "base_namespace=Mine", "every_shape.proto").Error, StringComparison.Ordinal);
    }

    [ProtocFact]
    public void UnknownOption_IsAnErrorThatNamesTheKnown()
    {
        var result = GeneratedCode.Run(new CSharpGrpcGenerator(), "no_such=1", "every_shape.proto");
        Assert.Empty(result.Files);
        Assert.Contains("no_such", result.Error, StringComparison.Ordinal);
        Assert.Contains("append_async_suffix", result.Error, StringComparison.Ordinal);
    }

    [ProtocFact]
    public void Nullable_MarksWhatMayBeNull()
    {
        const string Options = "nullable,file_scoped_namespaces";
        string source = GeneratedCode.SourcesWith(new CSharpGrpcGenerator(), Options, "every_shape.proto").Single();
        Assert.Contains("\nnamespace My.Pkg.V1;\n", source, StringComparison.Ordinal);

        // Without the pragma, so that the compiler says what it thinks of the marks.
        string[] sources = [.. GeneratedCode.SourcesWith(new CSharpGenerator(), Options, "every_shape.proto", "other.proto"), source.Replace("#pragma warning disable", "#pragma warning disable CS0612, CS8981", StringComparison.Ordinal)];
        var greeter = GeneratedCode.Compile(sources).GetType("My.Pkg.V1.Greeter")!;
        var nullability = new NullabilityInfoContext();
        var call = greeter.GetNestedType("GreeterClient")!.GetMethods().First(method => string.Equals(method.Name, "Hello", StringComparison.Ordinal) && method.GetParameters().Length == 4);
        Assert.Equal(
            [NullabilityState.NotNull, NullabilityState.Nullable, NullabilityState.Nullable, NullabilityState.NotNull],
            call.GetParameters().Select(parameter => nullability.Create(parameter).ReadState));
        foreach (var bind in greeter.GetMethods().Where(method => string.Equals(method.Name, "BindService", StringComparison.Ordinal)))
        {
            var wanted = bind.GetParameters().Length == 2 ? NullabilityState.Nullable : NullabilityState.NotNull;
            Assert.Equal(wanted, nullability.Create(bind.GetParameters()[^1]).ReadState);
        }
    }

    [ProtocFact]
    public void OldCompilers_TakeTheCode()
    {
        string[] sources = [.. GeneratedCode.Sources(new CSharpGenerator(), "every_shape.proto", "other.proto"), .. GeneratedCode.Sources(new CSharpGrpcGenerator(), "every_shape.proto")];
        Assert.NotEmpty(GeneratedCode.Compile(LanguageVersion.CSharp7_3, sources).GetExportedTypes());
    }

    [ProtocFact]
    public void OddNames_Compile() =>
        GeneratedCode.Compile([.. GeneratedCode.Sources(new CSharpGenerator(), "odd_names.proto"), .. GeneratedCode.Sources(new CSharpGrpcGenerator(), "odd_names.proto")]);

    [ProtocFact]
    public void AsyncForm_OfTheNameOfAnotherMethod_GetsAnUnderscore()
    {
        var client = GeneratedCode.Compile([.. GeneratedCode.Sources(new CSharpGenerator(), "odd_names.proto"), .. GeneratedCode.Sources(new CSharpGrpcGenerator(), "odd_names.proto")])
            .GetType("OddNames.V1Beta1.Pairs+PairsClient")!;
        Assert.Equal(
            [
                "AsyncClientStreamingCall<ManyOptionals, ManyOptionals> Send(*)",
                "AsyncDuplexStreamingCall<ManyOptionals, ManyOptionals> SendAsync(*)",
                "AsyncServerStreamingCall<ManyOptionals> SendAsync(IAsyncEnumerable<ManyOptionals>, *)",
                "AsyncUnaryCall<ManyOptionals> GetAsyncAsyncAsync(ManyOptionals, *)",
                "AsyncUnaryCall<ManyOptionals> GetAsyncAsync_(ManyOptionals, *)",
                "AsyncUnaryCall<ManyOptionals> GetAsync_(ManyOptionals, *)",
                "AsyncUnaryCall<ManyOptionals> SendAsync_(IAsyncEnumerable<ManyOptionals>, *)",
                "IEnumerable<ManyOptionals> SendAsync(IEnumerable<ManyOptionals>, *)",
                "ManyOptionals Get(ManyOptionals, *)",
                "ManyOptionals GetAsync(ManyOptionals, *)",
                "ManyOptionals GetAsyncAsync(ManyOptionals, *)",
                "ManyOptionals Send(IEnumerable<ManyOptionals>, *)",
            ],
            Forms(client, "CallOptions"));
    }

    private static Assembly Compile(string parameter)
    {
        var messages = GeneratedCode.Sources(new CSharpGenerator(), "every_shape.proto", "other.proto");
        var services = GeneratedCode.Run(new CSharpGrpcGenerator(), parameter, "every_shape.proto");
        Assert.Null(services.Error);
        return GeneratedCode.Compile([.. messages, .. services.Files.Select(file => file.Content)]);
    }

    private static IEnumerable<MethodInfo> Declared(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => method.IsVirtual);

    // The forms whose parameters end with `tail`, which shows as a star.
    private static string[] Forms(Type type, string tail) =>
    [
        .. Declared(type)
            .Select(method => (method, parameters: string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))))
            .Where(item => item.parameters.EndsWith(tail, StringComparison.Ordinal))
            .Select(item => $"{Name(item.method.ReturnType)} {item.method.Name}({item.parameters[..^tail.Length]}*)")
            .Order(StringComparer.Ordinal),
    ];

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private sealed class RecordingBinder : ServiceBinderBase
    {
        public List<string> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingUnaryServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingClientStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingServerStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingDuplexStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        private void Add(IMethod method) => Methods.Add($"{method.FullName} {method.Type}");
    }
}
