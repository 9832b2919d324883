namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>Where one argument of a tool goes in the request.</summary>
/// <param name="Name">What the tool calls it.</param>
/// <param name="WireName">What the API calls it.</param>
/// <param name="ContentType">Of the value: a parameter that is JSON in itself, or a part of a multipart body.</param>
internal sealed record ArgumentPlan(
    string Name,
    string WireName,
    ArgumentPlace Place,
    bool Required,
    ParameterStyle Style = ParameterStyle.Simple,
    bool Explode = false,
    bool AllowReserved = false,
    ValueForm Form = ValueForm.Plain,
    string? ContentType = null);

internal enum ArgumentPlace : byte
{
    Path,
    Query,
    Header,
    Cookie,

    /// <summary>A member of an object body.</summary>
    Field,

    /// <summary>The whole body.</summary>
    Body,
}

/// <summary>The styles of OpenAPI 3, and tab-delimited, which only 2.0 has.</summary>
internal enum ParameterStyle : byte
{
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    TabDelimited,
    DeepObject,
}

internal enum ValueForm : byte
{
    /// <summary>As its style says.</summary>
    Plain,

    /// <summary>A field of a form whose document asks for nothing special: a list entry by entry, an object as JSON, the rest as text.</summary>
    Natural,

    /// <summary>Written as JSON whatever its place.</summary>
    Json,

    /// <summary>Base64 text (or a list of it) that is sent as the bytes it stands for.</summary>
    Bytes,
}
