using McpConsole.Domain.Servers;

namespace McpConsole.Web.Servers;

/// <summary>Which servers a page shows; its parts stand in the page's URL.</summary>
public sealed record ServerFilter(string? Text = null, string? Tag = null, Lifecycle? State = null)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && Tag is null && State is null;

    public bool Matches(ServerSnapshot server) =>
        (State is null || server.State == State)
        && (Tag is null || server.Definition.Tags.Contains(Tag, StringComparer.OrdinalIgnoreCase))
        && (string.IsNullOrWhiteSpace(Text) || Words(server).Any(word => word?.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase) == true));

    private static IEnumerable<string?> Words(ServerSnapshot server) =>
        [server.Name, server.Definition.Description, server.Url, .. server.Definition.Tags];
}
