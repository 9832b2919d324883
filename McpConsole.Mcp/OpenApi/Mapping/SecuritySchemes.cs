using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Finds where each operation wants its token. There is one token for the whole API: of several ways that an operation allows, the first
/// that takes a single token is used.
/// </summary>
internal sealed class SecuritySchemes
{
    private readonly Dictionary<string, TokenPlace> _places = [];
    private readonly Node _documentWide;

    public SecuritySchemes(DocumentSet documents)
    {
        var root = documents.Main.Root;
        _documentWide = root["security"];
        var schemes = root["securityDefinitions"].IsObject ? root["securityDefinitions"] : root["components"]["securitySchemes"];
        foreach (var (name, entry) in schemes.Members)
        {
            if (Read(documents.Follow(entry, out _)) is { } place)
            {
                _places.Add(name, place);
            }
        }
    }

    public TokenPlace Of(Operation operation)
    {
        var security = operation.Node["security"].IsArray ? operation.Node["security"] : _documentWide;
        if (!security.IsArray)
        {
            // Schemes that are declared and asked for nowhere: a common slip, and a better guess than none.
            return _places.Count > 0 ? _places.Values.First() : TokenPlace.Bearer;
        }

        foreach (var alternative in security.Items)
        {
            foreach (var (name, _) in alternative.Members)
            {
                if (_places.TryGetValue(name, out var place))
                {
                    return place;
                }
            }
        }

        // Only an operation that asks for nothing gets nothing; one that asks for what is not known gets the usual.
        return security.Items.All(alternative => !alternative.Members.Any()) ? new TokenPlace(TokenKind.None) : TokenPlace.Bearer;
    }

    private static TokenPlace? Read(Node scheme) => scheme["type"].Text switch
    {
        "basic" => new TokenPlace(TokenKind.Basic),
        "oauth2" or "openIdConnect" => TokenPlace.Bearer,
        "http" => scheme["scheme"].Text?.ToUpperInvariant() switch
        {
            "BASIC" => new TokenPlace(TokenKind.Basic),
            "BEARER" => TokenPlace.Bearer,
            _ => new TokenPlace(TokenKind.Header, "Authorization"),
        },
        "apiKey" when scheme["name"].Text is { Length: > 0 } name => scheme["in"].Text switch
        {
            "query" => new TokenPlace(TokenKind.Query, name),
            "cookie" => new TokenPlace(TokenKind.Cookie, name),
            _ => new TokenPlace(TokenKind.Header, name),
        },
        _ => null,
    };
}
