using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Layout;
using McpConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace McpConsole.Web.Servers;

/// <summary>What the palette offers for some typed letters: servers first, then what can be done to them, then pages.</summary>
internal static class Palette
{
    private const int Limit = 30;

    /// <param name="text">Each of its words must occur; none given shows the first entries.</param>
    public static ImmutableArray<PaletteEntry> Find(
        string text, IReadOnlyCollection<ServerSnapshot> servers, Role role, IStringLocalizer<Texts> texts)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. All(servers, role, texts).Where(entry => words.All(word => entry.Title.Contains(word, StringComparison.CurrentCultureIgnoreCase))).Take(Limit)];
    }

    private static IEnumerable<PaletteEntry> All(IReadOnlyCollection<ServerSnapshot> servers, Role role, IStringLocalizer<Texts> texts)
    {
        foreach (var server in servers)
        {
            yield return new(server.Name, texts["Palette.Server"], "server", $"servers/{server.Id}");
        }

        foreach (var item in Menu.Groups.Where(group => role >= group.Needed).SelectMany(group => group.Items))
        {
            yield return new(texts[$"{item.Key}.Title"], texts["Palette.Page"], item.Icon, item.Href);
        }

        if (role >= Role.Developer)
        {
            yield return new(texts["Servers.New"], texts["Palette.Action"], "plus", "servers/new");
        }

        foreach (var server in servers)
        {
            yield return new(texts["Palette.LogsOf", server.Name], texts["Palette.Page"], "logs", $"logs?server={server.Id}");
            foreach (var action in Enum.GetValues<ServerAction>().Where(action => role >= Role.Developer && ServerActions.Allows(server, action)))
            {
                var title = texts[$"Palette.{action}", server.Name];
                yield return new(title, texts["Palette.Action"], ServerActionIcons.Of(action), $"servers/{server.Id}", action, server);
            }
        }
    }
}

/// <param name="Kind">What it is, in the reader's language.</param>
/// <param name="Href">Where it leads when it is no action.</param>
internal sealed record PaletteEntry(string Title, string Kind, string Icon, string Href, ServerAction? Action = null, ServerSnapshot? Server = null);
