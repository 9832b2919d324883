using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpConsole.Bench;

/// <summary>The API behind the measured servers: answers at once with a small JSON object.</summary>
internal sealed class EchoApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoApi(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<EchoApi> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Map("/echo/{number}/{id}", (string id) => Results.Json(new { id, limit = 10, tags = new[] { "a", "b" } }));
        await app.StartAsync(cancellationToken);
        return new EchoApi(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
