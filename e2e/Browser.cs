using Microsoft.Playwright;

namespace McpConsole.E2E;

/// <summary>One headless Chromium for all tests: the machine's own, since a downloaded one is not always to be had.</summary>
public sealed partial class Browser : IAsyncDisposable
{
    private static readonly string[] s_candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var executable = Environment.GetEnvironmentVariable("CHROMIUM") ?? Array.Find(s_candidates, File.Exists)
            ?? throw new InvalidOperationException("No Chromium found. Run ./test.sh, which installs it, or set CHROMIUM to its path.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A fresh profile: English, and no cookies but those of <paramref name="session"/>, as <c>StorageStateAsync</c> gives them.</summary>
    public async Task<IPage> OpenAsync(
        string baseUrl, ScreenSize? size = null, string locale = "en-US", ColorScheme scheme = ColorScheme.Light, string? session = null)
    {
        var (width, height) = size ?? ScreenSize.Desktop;
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = baseUrl,
            Locale = locale,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = height },
            StorageState = session,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
