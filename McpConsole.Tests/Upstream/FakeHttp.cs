using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace McpConsole.Tests.Upstream;

/// <summary>An HTTP server that answers as the test says.</summary>
internal sealed class FakeHttp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeHttp(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Urls.Single()), "/mcp");

    public static async Task<FakeHttp> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FakeHttp(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
