using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.ConformanceServer;

/// <summary>The resources of the suite.</summary>
internal sealed class FixtureResources : IResourceSource
{
    private const string TemplateStart = "test://template/";
    private const string TemplateEnd = "/data";

    public ReadOnlyMemory<byte> ListJson { get; } = Fixtures.Utf8("""
        [{"uri":"test://static-text","name":"Static Text","description":"A text","mimeType":"text/plain"},
        {"uri":"test://static-binary","name":"Static Binary","description":"An image","mimeType":"image/png"},
        {"uri":"test://watched-resource","name":"Watched","description":"A resource to subscribe to","mimeType":"text/plain"}]
        """);

    public ReadOnlyMemory<byte> TemplatesJson { get; } = Fixtures.Utf8("""
        [{"uriTemplate":"test://template/{id}/data","name":"Template","description":"A template","mimeType":"application/json"}]
        """);

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public event Action<string>? Updated
    {
        add { }
        remove { }
    }

    public ValueTask<bool> ReadAsync(string uri, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken)
    {
        switch (uri)
        {
            case "test://static-text":
                Write(uri, "text/plain", "text", "This is the content of the static text resource.");
                break;
            case "test://static-binary":
                Write(uri, "image/png", "blob", Fixtures.Png);
                break;
            case "test://watched-resource":
                Write(uri, "text/plain", "text", "Watched resource content");
                break;
            case not null when uri.StartsWith(TemplateStart, StringComparison.Ordinal) && uri.EndsWith(TemplateEnd, StringComparison.Ordinal):
                var id = Fixtures.Quoted(uri[TemplateStart.Length..^TemplateEnd.Length]);
                Write(uri, "application/json", "text", $$"""{"id":{{id}},"templateTest":true,"data":"Data for ID: {{id.Trim('"')}}"}""");
                break;
            default:
                return ValueTask.FromResult(false);
        }

        return ValueTask.FromResult(true);

        void Write(string uri, string type, string member, string value)
        {
            result.WriteStartArray("contents");
            result.WriteStartObject();
            result.WriteString("uri", uri);
            result.WriteString("mimeType", type);
            result.WriteString(member, value);
            result.WriteEndObject();
            result.WriteEndArray();
        }
    }
}
