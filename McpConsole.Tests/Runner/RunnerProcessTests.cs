using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using McpConsole.Tests.Transports;
using McpConsole.Tests.Upstream;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpConsole.Tests.Runner;

/// <summary>The runner as a user or the console starts it.</summary>
[Trait("Kind", "Integration")]
public sealed class RunnerProcessTests : IDisposable
{
    private static readonly string s_runner = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "McpConsole.Runner", "release", "mcpc"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpc-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("streamable", "2025-11-25")]
    [InlineData("streamable", "2026-07-28")]
    [InlineData("sse", "2024-11-05")]
    public async Task It_serves_over_http_and_calls_reach_the_api_with_their_credentials(string transport, string version)
    {
        string? seen = null;
        await using var api = await FakeHttp.StartAsync(context =>
        {
            seen = $"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization} {context.Request.Headers["X-Key"]}";
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"name":"Rex"}""");
        });
        using var server = Start(
            ["--openapi", Document(api.Url), "--transport", transport, "--port", "0", "--auth-env", "PET_TOKEN", "--headers", "X-Key: ${PET_KEY}"],
            ("PET_TOKEN", "t0ken"),
            ("PET_KEY", "k3y"));
        var url = await server.ReadUrlAsync();
        await using var client = await ForeignClient.ConnectAsync(
            url, version, transport == "sse" ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp);
        (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Single().Name.ShouldBe("getPet");
        (await ForeignClient.CallAsync(client, "getPet", new() { ["id"] = "7" })).ShouldContain("Rex");
        seen.ShouldBe("/pets/7 Bearer t0ken k3y");
    }

    [Fact]
    public async Task It_serves_over_standard_input_and_output_and_prints_nothing_else_there()
    {
        await using var client = await McpClient.CreateAsync(
            new StdioClientTransport(new StdioClientTransportOptions { Command = s_runner, Arguments = ["serve", "--openapi", Document()] }),
            cancellationToken: TestContext.Current.CancellationToken);
        (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Single().Name.ShouldBe("getPet");
    }

    [Fact]
    public async Task A_watched_document_that_changes_is_told_to_clients_and_listed_anew()
    {
        var document = Document();
        using var server = Start(["--openapi", document, "--transport", "streamable", "--port", "0", "--watch"]);
        await using var client = await ForeignClient.ConnectAsync(await server.ReadUrlAsync(), "2025-11-25");
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var handler = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            changed.TrySetResult();
            return ValueTask.CompletedTask;
        });
        var text = await File.ReadAllTextAsync(document, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(document, text.Replace("getPet", "findPet"), TestContext.Current.CancellationToken);
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Single().Name.ShouldBe("findPet");
    }

    [Theory]
    [InlineData("stdio")]
    [InlineData("streamable")]
    public async Task Asked_to_stop_it_ends_with_success_even_with_a_stream_open(string transport)
    {
        using var server = Start(["--openapi", Document(), "--transport", transport, "--port", "0", "--managed"]);
        await Eventually.BeTrueAsync(() => server.Errors.Contains("1 tools of Pets"));
        if (transport == "streamable")
        {
            var line = server.Errors.Split('\n').First(line => line.Contains("http://"));
            using var http = new HttpClient();
            using var request = Initialize(new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim()));
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            using var get = new HttpRequestMessage(HttpMethod.Get, request.RequestUri);
            get.Headers.Add("Mcp-Session-Id", answer.Headers.GetValues("Mcp-Session-Id"));
            await http.SendAsync(get, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            await StopAsync(server);
        }
        else
        {
            await StopAsync(server);
        }

        server.Process.ExitCode.ShouldBe(0);
        server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Trim().Length > 0)
            .ShouldAllBe(line => line.Contains("Z INFO "));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (code, output) = await Conformance.RunAsync(s_runner, "serve", "--openapi", Document(), "--transport", "streamable", "--port", $"{port}");
        code.ShouldBe(1);
        output.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain($"127.0.0.1:{port}");
    }

    [Theory]
    [InlineData(2, "", "usage: mcpc serve")]
    [InlineData(0, "--help", "usage: mcpc serve")]
    [InlineData(0, "serve --help", "usage: mcpc serve")]
    [InlineData(0, "--version", "mcpc ")]
    [InlineData(2, "frobnicate", "Unknown command: frobnicate")]
    [InlineData(2, "serve", "--openapi is missing.")]
    [InlineData(2, "serve --openapi x --colour", "Unknown option: --colour")]
    [InlineData(1, "serve --openapi /nowhere/at/all.json", "/nowhere/at/all.json")]
    [InlineData(1, "inspect --openapi /nowhere/at/all.json", "/nowhere/at/all.json")]
    public async Task What_it_says_and_its_exit_code(int expected, string arguments, string said)
    {
        var (code, output) = await Conformance.RunAsync(s_runner, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        output.ShouldContain(said);
        code.ShouldBe(expected);
    }

    [Fact]
    public async Task Inspect_lists_tools_with_their_size()
    {
        var (code, output) = await Conformance.RunAsync(s_runner, "inspect", "--openapi", Document());
        code.ShouldBe(0, output);
        output.ShouldContain("getPet  GET /pets/{id}");
        output.ShouldContain("1 of 1 operations are tools");
    }

    [Fact]
    public async Task The_official_inspector_lists_and_calls_its_tools()
    {
        await using var api = await FakeHttp.StartAsync(context => context.Response.WriteAsJsonAsync(new { name = "Rex" }));
        using var server = Start(["--openapi", Document(api.Url), "--transport", "streamable", "--port", "0"]);
        var url = (await server.ReadUrlAsync()).ToString();
        var (_, listed) = await Conformance.RunAsync(Conformance.Node, Conformance.Inspector, url, "--transport", "http", "--method", "tools/list");
        JsonElement.Parse(listed).GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("getPet");
        var (_, called) = await Conformance.RunAsync(
            Conformance.Node, Conformance.Inspector, url, "--transport", "http", "--method", "tools/call", "--tool-name", "getPet", "--tool-arg", "id=7");
        JsonElement.Parse(called).GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("Rex");
    }

    private static async Task StopAsync(ServerProcess server)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{server.Process.Id}"]))!;
        await server.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        server.Process.WaitForExit();
    }

    private static HttpRequestMessage Initialize(Uri url) => new(HttpMethod.Post, url)
    {
        Content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}""",
            System.Text.Encoding.UTF8,
            "application/json"),
    };

    private ServerProcess Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(s_runner, ["serve", .. arguments]);
        start.Environment["MCPCONSOLE_PLANS"] = _folder.FullName;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return ServerProcess.Start(start);
    }

    private string Document(Uri? api = null)
    {
        var path = Path.Combine(_folder.FullName, "pets.json");
        var server = api is null ? "http://127.0.0.1:9" : api.GetLeftPart(UriPartial.Authority);
        File.WriteAllText(path, $$"""
            {"openapi":"3.0.3","info":{"title":"Pets","version":"1"},"servers":[{"url":"{{server}}"}],"paths":{"/pets/{id}":{"get":{
            "operationId":"getPet","summary":"One pet","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"} }],
            "responses":{"200":{"description":"It"} } } } } }
            """);
        return path;
    }
}
