namespace McpConsole.Mcp.Protocol;

/// <summary>Ends a modern request's handler whose next step needs an answer of the client; it starts over when that is there.</summary>
#pragma warning disable CA1032, RCS1194 // Thrown and caught here alone, always with the result that it carries.
internal sealed class InputRequiredException(PooledBuffer result) : Exception("The client is asked for input.")
#pragma warning restore CA1032, RCS1194
{
    /// <summary>The <c>input_required</c> result; disposed by whoever catches it.</summary>
    public PooledBuffer Result { get; } = result;
}
