using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpConsole.E2E;

/// <summary>The main job, as an administrator does it on a fresh machine: from an OpenAPI document to a running, watched MCP server.</summary>
public sealed class SceneTests(Browser browser) : IClassFixture<Browser>
{
    private const string Token = "token-for-the-weather-api";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_a_document_to_a_watched_server()
    {
        await using var api = await WeatherApi.StartAsync(Cancellation);
        await using var app = new ConsoleApp();
        await app.StartAsync(Cancellation);
        var page = await browser.OpenAsync(app.Url);

        await SetUpAsync(page, await app.SetUpLinkAsync());
        await CreateServerAsync(page, api);
        await CallFromAnyClientAsync(page, api);
        await FollowTheLogAsync(page);
        await StopAndStartAsync(page);
        await SurviveAKilledServerAsync(page);
        await SurviveAKilledConsoleAsync(page, app);
    }

    private static async Task SetUpAsync(IPage page, string link)
    {
        await page.GotoAsync(link);
        await page.ShouldShutNobodyOutAsync();
        await page.GetByLabel("User name").FillAsync("operator");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(ConsoleApp.AdminPassword);
        await page.GetByLabel("Password again").FillAsync(ConsoleApp.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the administrator" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No servers yet")).ToBeVisibleAsync();
    }

    private static async Task CreateServerAsync(IPage page, WeatherApi api)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "New server" }).First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("weather");
        await page.GetByLabel("Document", new() { Exact = true }).FillAsync(api.DocumentUrl);
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the document" }).ClickAsync();

        var tools = page.GetByRole(AriaRole.List, new() { Name = "Tools" });
        await Assertions.Expect(tools).ToContainTextAsync("getWeather");
        await Assertions.Expect(tools).ToContainTextAsync("tokens");
        await tools.GetByRole(AriaRole.Checkbox, new() { Name = "forgetWeather" }).UncheckAsync();
        await page.GetByLabel("Bearer token for the API").FillAsync(Token);
        await page.GetByLabel("Bearer token for the API").BlurAsync();

        var command = page.GetByLabel("Command", new() { Exact = true });
        await Assertions.Expect(command).ToContainTextAsync("mcpc serve --openapi");
        await Assertions.Expect(command).ToContainTextAsync("forgetWeather");
        (await command.InnerTextAsync()).ShouldNotContain(Token);

        await page.GetByRole(AriaRole.Button, new() { Name = "Create and start" }).ClickAsync();
        await ExpectStateAsync(page, "Running");
        await Assertions.Expect(page.GetByText("Answers MCP", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task CallFromAnyClientAsync(IPage page, WeatherApi api)
    {
        var transport = new HttpClientTransport(new() { Endpoint = new Uri(await FactAsync(page, "URL")) });
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: Cancellation);

        (await client.ListToolsAsync(cancellationToken: Cancellation)).Select(tool => tool.Name).ShouldBe(["getWeather"]);
        var result = await client.CallToolAsync("getWeather", new Dictionary<string, object?> { ["city"] = "Oslo" }, cancellationToken: Cancellation);

        result.IsError.ShouldNotBe(true);
        result.Content.OfType<TextContentBlock>().Single().Text.ShouldContain("21.5");
        api.Authorizations.ShouldContain($"Bearer {Token}");
    }

    private static async Task FollowTheLogAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Logs", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("1 tools of Weather");
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
    }

    private static async Task StopAndStartAsync(IPage page)
    {
        var pid = await PidAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await ExpectStateAsync(page, "Stopped");
        Directory.Exists($"/proc/{pid}").ShouldBeFalse();

        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await ExpectStateAsync(page, "Running");
    }

    private static async Task SurviveAKilledServerAsync(IPage page)
    {
        var pid = await PidAsync(page);
        using var victim = Process.GetProcessById(pid);
        victim.Kill();

        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Last exit" })).ToContainTextAsync("SIGKILL");
        await ExpectStateAsync(page, "Running");
        (await PidAsync(page)).ShouldNotBe(pid);
        await page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Killed by a signal").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
    }

    private static async Task SurviveAKilledConsoleAsync(IPage page, ConsoleApp app)
    {
        var pid = await PidAsync(page);
        await app.KillAsync(Cancellation);
        Directory.Exists($"/proc/{pid}").ShouldBeTrue("the server outlives the console");

        await app.StartAsync(Cancellation);
        await page.ReloadAsync();

        await ExpectStateAsync(page, "Running");
        (await PidAsync(page)).ShouldBe(pid);
        await Assertions.Expect(page.GetByText("taken over").First).ToBeVisibleAsync();
        (await SequencesAsync(page)).ShouldBe(Enumerable.Range(1, (await SequencesAsync(page)).Length));
    }

    /// <summary>The sequence numbers of the whole log, by the same cookie that the pages use.</summary>
    private static async Task<int[]> SequencesAsync(IPage page)
    {
        var answer = await page.APIRequest.GetAsync("/api/processes/weather/logs?tail=1000");
        var body = (await answer.JsonAsync())!.Value;
        return [.. body.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("seq").GetInt32())];
    }

    private static async Task ExpectStateAsync(IPage page, string state) =>
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(state, new() { Timeout = 60_000 });

    private static async Task<int> PidAsync(IPage page) =>
        int.Parse([.. (await FactAsync(page, "PID")).TakeWhile(char.IsAsciiDigit)], CultureInfo.InvariantCulture);

    /// <summary>The value beside a term of a description list.</summary>
    private static async Task<string> FactAsync(IPage page, string term)
    {
        var value = page.Locator($"dt:text-is('{term}') + dd").First;
        return (await value.InnerTextAsync()).Trim();
    }
}
