using System.Net.Http.Json;
using Microsoft.Playwright;

namespace McpConsole.E2E;

/// <summary>A console with an administrator and three servers in different states, for walks over the pages.</summary>
public sealed class DemoConsole : IAsyncLifetime
{
    private WeatherApi? _api;
    private string? _session;

    public ConsoleApp App { get; } = ConsoleApp.Unattended();

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _api = await WeatherApi.StartAsync(cancellation);
        await App.StartAsync(cancellation);
        using var client = App.Api();
        await CreateAsync(client, new { name = "weather", openapiUrl = _api.DocumentUrl, authToken = "token-for-the-weather-api", tags = new[] { "demo" } }, start: true);
        await CreateAsync(client, new { name = "broken", command = new[] { "/bin/sh", "-c", "echo cannot find the database >&2; exit 3" }, restart = new { policy = "never" } }, start: true);
        await CreateAsync(client, new { name = "resting", command = new[] { "npx", "-y", "@modelcontextprotocol/server-everything" }, transport = "stdio" }, start: false);
    }

    /// <summary>The administrator's session, signed in once by the form: sign-ins are limited.</summary>
    public async Task<string> SessionAsync(Browser browser)
    {
        if (_session is null)
        {
            var page = await browser.OpenAsync(App.Url);
            await page.GotoAsync("/servers");
            await page.GetByLabel("User name").FillAsync(ConsoleApp.AdminName);
            await page.GetByLabel("Password").FillAsync(ConsoleApp.AdminPassword);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = "Servers" }).WaitForAsync();
            _session = await page.Context.StorageStateAsync();
            await page.Context.CloseAsync();
        }

        return _session;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _api!.DisposeAsync();
    }

    private static async Task CreateAsync(HttpClient client, object server, bool start)
    {
        using var created = await client.PostAsJsonAsync("/api/servers", server);
        created.EnsureSuccessStatusCode();
        if (start)
        {
            using var started = await client.PostAsync($"{created.Headers.Location}/start", null);
        }
    }
}
