namespace McpConsole.Mcp.Protocol;

/// <summary>Where a part of a message lies in its bytes.</summary>
internal readonly record struct RpcPart(int Start, int Length)
{
    public bool Exists => Length > 0;

    public int End => Start + Length;
}
