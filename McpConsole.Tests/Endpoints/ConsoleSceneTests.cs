using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace McpConsole.Tests.Endpoints;

/// <summary>The whole console, with its own PostgreSQL and real servers, over REST: what no substitute shows.</summary>
[Trait("Kind", "Integration")]
public sealed partial class ConsoleSceneTests : IAsyncLifetime
{
    private const string Token = "mcpc_sceneTokenOfTheAdministrator0000000000000";
    private const string Secret = "s3cret-that-nobody-may-see";

    private readonly string _folder = Directory.CreateTempSubdirectory("mcpconsole-scene-").FullName;
    private readonly Console _console;
    private readonly HttpClient _client;

    public ConsoleSceneTests()
    {
        _console = new Console(_folder);
        _client = _console.CreateClient();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await Eventually.BeTrueAsync(async () => (await _client.GetAsync("/health/ready", Cancelled)).IsSuccessStatusCode);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _console.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_document_becomes_a_server_that_is_watched_and_keeps_its_secrets()
    {
        var document = Path.Combine(_folder, "pets.json");
        await File.WriteAllTextAsync(
            document,
            """{"openapi":"3.1.0","info":{"title":"Pets","version":"1"},"servers":[{"url":"http://127.0.0.1:9"}],"paths":{"/pets":{"get":{"operationId":"listPets","responses":{"200":{"description":"ok"}}}}}}""",
            Cancelled);
        using var created = await _client.PostAsJsonAsync(
            "/api/servers",
            new { name = "pets", openapiUrl = document, authToken = Secret, headers = new { X = Secret }, env = new { KEY = Secret } },
            Cancelled);
        created.EnsureSuccessStatusCode();

        using var started = await _client.PostAsync("/api/servers/pets/start", null, Cancelled);
        var state = await started.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        state.GetProperty("state").GetString().ShouldBe("running", state.ToString());

        var tools = await GetAsync("/api/servers/pets/tools");
        tools.GetProperty("items")[0].GetProperty("name").GetString().ShouldBe("listPets");

        var pid = (await GetAsync("/api/servers/pets/status")).GetProperty("pid").GetInt32();
        Kill(pid, 9).ShouldBe(0);
        await Eventually.BeTrueAsync(async () =>
            await GetAsync("/api/servers/pets/status") is var now
            && now.GetProperty("state").GetString() == "running" && now.GetProperty("pid").GetInt32() != pid);
        var status = await GetAsync("/api/servers/pets/status");
        status.GetProperty("restartCount").GetInt32().ShouldBe(1);
        status.GetProperty("lastExit").GetProperty("signal").GetString().ShouldBe("SIGKILL");
        await Eventually.BeTrueAsync(async () => (await _client.GetStringAsync("/api/events", Cancelled)).Contains("\"exited\"", StringComparison.Ordinal));

        foreach (var row in RouteTable.Rows.Where(r => r.Route.StartsWith("GET /", StringComparison.Ordinal) && !r.Route.Contains("hubs", StringComparison.Ordinal) && !r.Route.EndsWith("/stream", StringComparison.Ordinal)))
        {
            using var answer = await _client.SendAsync(row.Request(), Cancelled);
            ((int)answer.StatusCode).ShouldBeLessThan(400, row.Route);
            (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldNotContain(Secret, customMessage: row.Route);
        }

        using var stopped = await _client.PostAsync("/api/servers/pets/stop", null, Cancelled);
        (await stopped.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("state").GetString().ShouldBe("stopped");
        (await GetAsync("/api/processes")).GetProperty("total").GetInt32().ShouldBe(0);
    }

    private async Task<JsonElement> GetAsync(string path) => await _client.GetFromJsonAsync<JsonElement>(path, Cancelled);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    private sealed class Console(string folder) : WebApplicationFactory<McpConsole.Web.Components.App>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseSetting("MCPCONSOLE_DATA", Path.Combine(folder, "data"))
            .UseSetting("MCPCONSOLE_ADMIN_USER", "admin")
            .UseSetting("MCPCONSOLE_ADMIN_PASSWORD", "correct horse battery")
            .UseSetting("MCPCONSOLE_ADMIN_TOKEN", Token);
    }
}
