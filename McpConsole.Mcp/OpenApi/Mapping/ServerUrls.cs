using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Works out where calls go. A URL that comes out is absolute, http(s), and does not end in a slash.</summary>
internal sealed class ServerUrls(DocumentSet documents, MappingNotes notes)
{
    /// <summary>For the document; null where it does not say, or says what cannot be used.</summary>
    public string? OfDocument(SpecVersion version)
    {
        var root = documents.Main.Root;
        if (version == SpecVersion.V2)
        {
            return OfHost(root);
        }

        if (root["servers"].Items.Any())
        {
            return Of(root);
        }

        // Without servers the specification says «/», which is relative to where the document came from.
        if (!documents.Main.Location.IsFile)
        {
            return Resolve(root, "/");
        }

        notes.Add("#/servers: the document names no server; give a base URL to call its operations.");
        return null;
    }

    /// <summary>The first server of a path or an operation, null where it has none of its own.</summary>
    public string? Of(Node node)
    {
        var server = node["servers"].Items.FirstOrDefault();
        return server["url"].Text is { } url ? Resolve(server, Fill(server, url)) : null;
    }

    public static string? Normalize(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && DocumentLocation.IsHttp(uri)
            ? uri.GetLeftPart(UriPartial.Path).TrimEnd('/')
            : null;

    private string? OfHost(Node root)
    {
        var from = documents.Main.Location;
        var host = root["host"].Text ?? (from.IsFile ? null : from.Authority);
        if (host is null)
        {
            notes.Add("#/host: the document names no host; give a base URL to call its operations.");
            return null;
        }

        var schemes = root["schemes"].Items.Select(item => item.Text).Where(scheme => scheme is "http" or "https").ToList();
        var scheme = schemes.Count == 0 ? (from.IsFile ? "https" : from.Scheme) : schemes.Contains("https") ? "https" : schemes[0]!;
        return Resolve(root, $"{scheme}://{host}/{root["basePath"].Text?.TrimStart('/')}");
    }

    private static string Fill(Node server, string url)
    {
        foreach (var (name, variable) in server["variables"].Members)
        {
            var value = variable["default"].Text ?? variable["enum"].Items.FirstOrDefault().Text;
            if (value is not null)
            {
                url = url.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            }
        }

        return url;
    }

    private string? Resolve(Node place, string url)
    {
        if (url.Contains('{', StringComparison.Ordinal))
        {
            notes.Add(documents, place, $"the server «{url}» has a variable without a default; give a base URL.");
            return null;
        }

        // On Unix «/v1» alone parses as an absolute file path.
        var isAbsolute = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && !absolute.IsFile;
        if (!isAbsolute && place.Document.Location.IsFile)
        {
            notes.Add(documents, place, $"the server «{url}» is relative, and a file has no host that it could be relative to; give a base URL.");
            return null;
        }

        var normal = isAbsolute ? Normalize(url)
            : Uri.TryCreate(place.Document.Location, url, out var resolved) ? Normalize(resolved.AbsoluteUri)
            : null;
        if (normal is null)
        {
            notes.Add(documents, place, $"the server «{url}» is not an http(s) URL; give a base URL.");
        }

        return normal;
    }
}
