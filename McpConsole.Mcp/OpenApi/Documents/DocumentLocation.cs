using McpConsole.Domain.Results;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Reads where a document is from what an administrator typed.</summary>
internal static class DocumentLocation
{
    /// <param name="text">An http(s) URL, a file URL, or a path, relative ones to the working directory.</param>
    public static Result<Uri> Parse(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            return DocumentErrors.NoLocation();
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (IsHttp(uri) || uri.IsFile) ? uri : DocumentErrors.BadLocation(text);
        }

        return text.Contains('\0') ? DocumentErrors.BadLocation(text) : OfPath(Path.GetFullPath(text));
    }

    // Escaped by hand: a URI made of a bare path keeps a percent sign as it is, and with it those in relative references.
    private static Uri OfPath(string path) =>
        new("file://" + string.Join('/', path.Replace(Path.DirectorySeparatorChar, '/').Split('/').Select(Uri.EscapeDataString)));

    public static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>As it is shown in messages: no file scheme, and no password or query, which may hold a key.</summary>
    public static string Show(Uri uri) =>
        uri.IsFile ? uri.LocalPath : uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
