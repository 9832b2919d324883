using System.Collections.Immutable;

namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>How a call of one tool becomes an HTTP request, and its response a result.</summary>
internal sealed record CallPlan
{
    public required string Method { get; init; }

    /// <summary>As in the document, with <c>{name}</c> where a path argument goes.</summary>
    public required string Path { get; init; }

    /// <summary>Where this operation's own <c>servers</c> differ from the document's; null otherwise.</summary>
    public string? BaseUrl { get; init; }

    public ImmutableArray<ArgumentPlan> Arguments { get; init; } = [];

    public BodyKind Body { get; init; }

    /// <summary>The content type of the body; null when there is none.</summary>
    public string? BodyType { get; init; }

    /// <summary>Whether a body goes out even when no argument of it was given.</summary>
    public bool BodyRequired { get; init; }

    /// <summary>Where the token goes.</summary>
    public TokenPlace Token { get; init; } = TokenPlace.Bearer;

    public OutputKind Output { get; init; }

    /// <summary>The media types that the document names for success; null when it names none.</summary>
    public string? Accept { get; init; }
}

/// <summary>How the arguments of the body are written.</summary>
internal enum BodyKind : byte
{
    None,
    Json,
    Form,
    Multipart,

    /// <summary>The bytes that base64 text stands for.</summary>
    Binary,
    Text,
}

/// <summary>Which shape <c>structuredContent</c> has to have, so that it keeps to the tool's <c>outputSchema</c>.</summary>
internal enum OutputKind : byte
{
    /// <summary>The tool has no output schema.</summary>
    Any,
    Object,

    /// <summary>An array, which goes under <c>items</c> because structured content is an object.</summary>
    Items,
}
