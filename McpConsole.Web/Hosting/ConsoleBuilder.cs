using McpConsole.Web.Settings;

namespace McpConsole.Web.Hosting;

/// <summary>Makes the builder of the console, from any current directory.</summary>
internal static class ConsoleBuilder
{
    private const int MaximumBody = 8 << 20;

    // What a switch on the command line stands for.
    private static readonly Dictionary<string, string> s_switches = new() { ["--keep-servers"] = "Supervision:KeepServers", ["--demo"] = "Demo" };

    public static WebApplicationBuilder Create(string[] args)
    {
        string[] settings = [.. args.Select(arg => s_switches.TryGetValue(arg, out var key) ? $"--{key}=true" : arg)];
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Files are watched through the content root, recursively: nothing of the kind is needed.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. settings],
            ContentRootPath = AppContext.BaseDirectory,
        });
        var data = builder.AddConsoleSettings(settings);
        builder.AddConsoleLogging(data);
        if (builder.Configuration.GetValue("Demo", false))
        {
            builder.Services.AddHostedService<DemoServer>();
        }

        // A build that was not published keeps its assets where the packages and projects have them.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(builder.Configuration[SettingCatalog.Urls] ?? SettingCatalog.Find(SettingCatalog.Urls)!.Default);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBody;
        });

        // A fault that ends one background service costs what that one does. By default it would stop the console, and with it every server.
        builder.Services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);

        // Wrong wiring shows at the start, not at the first request.
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateScopes, options.ValidateOnBuild) = (true, true));
        return builder;
    }
}
