namespace McpConsole.E2E;

public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Chromium_starts_and_renders()
    {
        var page = await browser.OpenAsync("http://127.0.0.1/");
        await page.SetContentAsync("<h1>Servers</h1>");
        (await page.GetByRole(Microsoft.Playwright.AriaRole.Heading).InnerTextAsync()).ShouldBe("Servers");
    }
}
