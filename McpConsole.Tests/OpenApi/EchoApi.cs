using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace McpConsole.Tests.OpenApi;

/// <summary>An API on a port of its own that answers with what arrived on the wire; paths under <c>/answer</c> answer in their own way.</summary>
internal sealed class EchoApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoApi(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<EchoApi> StartAsync(Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        map?.Invoke(app);
        app.MapFallback(EchoAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new EchoApi(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task EchoAsync(HttpContext context)
    {
        var request = context.Request;
        var echo = new JsonObject
        {
            ["method"] = request.Method,
            ["target"] = context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            ["headers"] = new JsonObject(request.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value.ToString()))),
        };
        if (request.ContentType?.StartsWith("multipart/", StringComparison.Ordinal) == true)
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            echo["fields"] = new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
            echo["files"] = new JsonArray([.. form.Files.Select(file => (JsonNode)$"{file.Name}:{file.ContentType}:{Read(file)}")]);
        }
        else
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted);
            echo["body"] = Encoding.UTF8.GetString(body.ToArray());
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(echo.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), context.RequestAborted);
    }

    private static string Read(IFormFile file)
    {
        using var reader = new StreamReader(file.OpenReadStream());
        return reader.ReadToEnd();
    }
}
