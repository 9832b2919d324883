using System.Collections.Immutable;
using McpConsole.Domain.Accounts;

namespace McpConsole.Web.Components.Layout;

/// <summary>The console's pages as the side menu and the palette offer them.</summary>
internal static class Menu
{
    public static ImmutableArray<MenuGroup> Groups { get; } =
    [
        new("Operate", Role.Viewer,
        [
            new("Servers", "servers", "server"),
            new("Processes", "processes", "activity"),
            new("Logs", "logs", "logs"),
            new("Events", "events", "bell"),
        ]),
        new("Build", Role.Viewer, [new("Cli", "cli", "terminal"), new("Api", "api-docs", "code")]),
        new("Run", Role.Viewer, [new("Jobs", "jobs", "clock")]),
        new("Administer", Role.Administrator,
        [
            new("Users", "users", "users"),
            new("Audit", "audit", "shield"),
            new("Settings", "settings", "settings"),
        ]),
    ];
}

/// <param name="Needed">Who sees the group; each page checks by itself.</param>
internal sealed record MenuGroup(string Key, Role Needed, ImmutableArray<MenuItem> Items)
{
    public string Policy => Needed switch
    {
        Role.Administrator => Policies.Administer,
        Role.Developer => Policies.Operate,
        _ => Policies.View,
    };
}

/// <param name="Key">Of its texts: <c>KEY.Title</c>.</param>
internal sealed record MenuItem(string Key, string Href, string Icon);
