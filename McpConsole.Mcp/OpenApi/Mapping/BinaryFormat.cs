using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Tells values that are bytes, which a model can give as base64 only.</summary>
internal static class BinaryFormat
{
    /// <summary><c>type: file</c> (2.0), <c>format: binary</c> (3.0), a content type or encoding on a string (3.1).</summary>
    public static bool Is(Node schema) =>
        schema["type"].Text == "file"
        || IsEncoded(schema)
        || schema["format"].Text == "binary"
        || schema["contentEncoding"].Text is "binary"
        || (schema["contentMediaType"].Text == "application/octet-stream" && !schema.Has("contentEncoding"));

    /// <summary>Base64 in the API's own form: it is sent as it is given.</summary>
    public static bool IsEncoded(Node schema) => schema["format"].Text is "byte" or "base64" || schema["contentEncoding"].Text is "base64";
}
