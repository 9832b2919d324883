using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace McpConsole.E2E;

internal static class Accessibility
{
    /// <summary>No serious finding of axe, one main heading, and nothing that runs over the edge of the screen.</summary>
    public static async Task ShouldShutNobodyOutAsync(this IPage page)
    {
        var axe = await page.RunAxe();
        axe.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")
            .ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue("the page is wider than the screen");
        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync()).ShouldBe(1);
    }
}
