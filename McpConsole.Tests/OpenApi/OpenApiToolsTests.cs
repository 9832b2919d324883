using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace McpConsole.Tests.OpenApi;

[Trait("Kind", "Integration")]
public sealed class OpenApiToolsTests : IDisposable
{
    private readonly DocumentFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tools_are_listed_and_called()
    {
        await using var api = await EchoApi.StartAsync();
        await using var tools = await OpenAsync(_folder.Write("doc.yaml", MappedDocument.OneOperation("")), api.Url, watch: false);
        tools.Count.ShouldBe(1);
        tools.Title.ShouldBe("One");
        tools.BaseUrl.ShouldBe(api.Url);
        Encoding.UTF8.GetString(tools.ListJson.Span).ShouldStartWith("""[{"name":"x",""");
        (await CallAsync(tools, "x")).ShouldNotBeNull().ShouldContain("/x");
        (await CallAsync(tools, "nobody")).ShouldBeNull();
    }

    [Fact]
    public async Task A_document_that_cannot_be_used_opens_nothing()
    {
        var options = Options("nowhere.yaml", null, watch: true);
        var opened = await OpenApiTools.OpenAsync(options, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        opened.Error!.Code.ShouldBe("document.missing");
    }

    [Fact]
    public async Task A_changed_document_replaces_the_tools_and_a_broken_one_does_not()
    {
        var path = _folder.Write("doc.yaml", MappedDocument.OneOperation("") + "\n  /y: { get: { operationId: y } }");
        var log = new EventIds();
        await using var tools = await OpenAsync(path, "http://a", watch: true, log);
        var changes = 0;
        tools.Changed += () => Interlocked.Increment(ref changes);

        _folder.Write("doc.yaml", "openapi: [broken");
        await Eventually.BeTrueAsync(() => log.Contains(5301));
        tools.Count.ShouldBe(2);

        // As editors do it: the new version takes the place of the old one.
        var text = MappedDocument.OneOperation("") + "\n  /z: { get: { operationId: z } }\n  /a: { get: { operationId: a } }";
        File.Move(_folder.Write("new", text), path, overwrite: true);
        await Eventually.BeTrueAsync(() => changes == 1);
        tools.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_changed_part_of_a_document_replaces_the_tools()
    {
        var path = _folder.Write("doc.yaml", MappedDocument.OneOperation(
            "requestBody: { content: { application/json: { schema: { $ref: part.yaml } } } }", method: "post"));
        _folder.Write("part.yaml", "properties: { old: {} }");
        await using var tools = await OpenAsync(path, "http://a", watch: true);
        _folder.Write("part.yaml", "properties: { another: {} }");
        await Eventually.BeTrueAsync(() => Encoding.UTF8.GetString(tools.ListJson.Span).Contains("another"));
    }

    private async Task<OpenApiTools> OpenAsync(string path, string baseUrl, bool watch, ILogger? logger = null) =>
        (await OpenApiTools.OpenAsync(Options(path, baseUrl, watch), logger ?? NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken)).Value;

    private OpenApiOptions Options(string path, string? baseUrl, bool watch) => new()
    {
        Source = new OpenApiSource(path, baseUrl, OperationFilter.All),
        PlanFolder = Path.Combine(_folder.Path, "plans"),
        Watch = watch,
    };

    private static async Task<string?> CallAsync(OpenApiTools tools, string name)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        var found = await tools.CallAsync(name, default, writer, Substitute.For<IRequestContext>(), TestContext.Current.CancellationToken);
        writer.WriteEndObject();
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        return found ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null;
    }

    private sealed class EventIds : ILogger
    {
        private readonly ConcurrentBag<int> _ids = [];

        public bool Contains(int id) => _ids.Contains(id);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _ids.Add(eventId.Id);
    }
}
