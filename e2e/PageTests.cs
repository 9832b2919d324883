using Microsoft.Playwright;

namespace McpConsole.E2E;

/// <summary>
/// Every page, wide and light, narrow and dark: nobody is shut out, nothing breaks, nothing runs over the edge. With
/// <c>MCPCONSOLE_SCREENS</c> set to a folder it also leaves a picture of each page in both widths and both themes there.
/// </summary>
public sealed class PageTests(Browser browser, DemoConsole console) : IClassFixture<Browser>, IClassFixture<DemoConsole>
{
    private static readonly string? s_screens = Environment.GetEnvironmentVariable("MCPCONSOLE_SCREENS");

    /// <summary>The name of each picture, and the address.</summary>
    public static TheoryData<string, string> Pages => new()
    {
        { "servers", "/servers" },
        { "servers-cards", "/servers?view=cards" },
        { "server-new", "/servers/new" },
        { "server", "/servers/weather" },
        { "server-tools", "/servers/weather?tab=tools" },
        { "server-logs", "/servers/weather?tab=logs" },
        { "server-runs", "/servers/broken?tab=runs" },
        { "server-configuration", "/servers/weather?tab=configuration" },
        { "processes", "/processes" },
        { "logs", "/logs" },
        { "events", "/events" },
        { "cli", "/cli" },
        { "api", "/api-docs" },
        { "jobs", "/jobs" },
        { "users", "/users" },
        { "audit", "/audit" },
        { "settings", "/settings" },
        { "password", "/account/password" },
        { "sign-in", "/account/sign-in" },
        { "not-found", "/no-such-page" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_shuts_nobody_out(string name, string path)
    {
        await CheckAsync(name, path, ScreenSize.Desktop, ColorScheme.Light);
        await CheckAsync(name, path, ScreenSize.Phone, ColorScheme.Dark);
        if (s_screens is not null)
        {
            await CheckAsync(name, path, ScreenSize.Desktop, ColorScheme.Dark);
            await CheckAsync(name, path, ScreenSize.Phone, ColorScheme.Light);
        }
    }

    [Fact]
    public async Task The_language_follows_the_browser()
    {
        var page = await browser.OpenAsync(console.App.Url, locale: "zh-CN", session: await console.SessionAsync(browser));
        await page.GotoAsync("/servers");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("服务器");
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("zh-Hans");
    }

    private async Task CheckAsync(string name, string path, ScreenSize size, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(console.App.Url, size, scheme: scheme, session: await console.SessionAsync(browser));
        var errors = new List<string>();
        page.PageError += (_, message) => errors.Add(message);
        await page.GotoAsync(path);
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        if (s_screens is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(s_screens, $"{name}-{size.Width}-{scheme.ToString().ToLowerInvariant()}.png") });
        }

        await page.ShouldShutNobodyOutAsync();
        errors.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }
}
