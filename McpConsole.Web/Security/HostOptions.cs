using System.Collections.Immutable;
using McpConsole.Web.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace McpConsole.Web.Security;

/// <summary>The names that the console answers to, beside loopback and its own addresses.</summary>
internal sealed class HostOptions
{
    /// <summary><c>*</c> allows all and gives up the protection against DNS rebinding.</summary>
    public ImmutableHashSet<string> Names { get; set; } = [];

    public bool Allows(string host) => Names.Contains(host) || Names.Contains("*");
}

/// <summary>Takes the names from the settings, and from the addresses that the console listens on where these have names.</summary>
internal sealed class HostOptionsSetup(IConfiguration configuration) : IConfigureOptions<HostOptions>, IOptionsChangeTokenSource<HostOptions>
{
    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => configuration.GetReloadToken();

    public void Configure(HostOptions options)
    {
        var allowed = Split(configuration[SettingCatalog.AllowedHosts]);
        // «http://*:80» listens everywhere; that says nothing of names.
        var listening = Split(configuration[SettingCatalog.Urls]).Select(url => BindingAddress.Parse(url).Host).Where(host => host is not ("*" or "+"));
        options.Names = allowed.Concat(listening).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Split(string? text) =>
        (text ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
