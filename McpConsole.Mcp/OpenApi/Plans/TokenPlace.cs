namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>Where an operation wants its token, from its security schemes.</summary>
/// <param name="Name">Of the header, query parameter or cookie of an API key; null for the others.</param>
internal readonly record struct TokenPlace(TokenKind Kind, string? Name = null)
{
    public static TokenPlace Bearer => new(TokenKind.Bearer);
}

internal enum TokenKind : byte
{
    /// <summary>The operation says that it takes none.</summary>
    None,
    Bearer,

    /// <summary><c>user:password</c>, or base64 of it.</summary>
    Basic,
    Header,
    Query,
    Cookie,
}
