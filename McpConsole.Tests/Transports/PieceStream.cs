namespace McpConsole.Tests.Transports;

/// <summary>Gives its bytes in pieces of the sizes told, over and over.</summary>
internal sealed class PieceStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
{
    private int _read;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[_read++ % sizes.Length])], cancellationToken);
}
