using System.Buffers;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>A response that has been read as far as the limit allows. Its buffer is rented.</summary>
internal sealed class ApiResponse : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private ApiResponse(HttpResponseMessage message)
    {
        Status = (int)message.StatusCode;
        Reason = message.ReasonPhrase;
        ContentType = message.Content.Headers.ContentType?.MediaType;
        Location = message.Headers.Location?.OriginalString;
        Charset = message.Content.Headers.ContentType?.CharSet?.Trim('"');
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(message.Content.Headers.ContentLength ?? 4096, 1024, 1024 * 1024));
    }

    public int Status { get; }

    public string? Reason { get; }

    public string? ContentType { get; }

    public string? Charset { get; }

    /// <summary>Of what was made, or of where to look next.</summary>
    public string? Location { get; }

    /// <summary>Whether there was more than the limit.</summary>
    public bool IsCut { get; private set; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public ReadOnlyMemory<byte> Body => _buffer.AsMemory(0, _length);

    public static async ValueTask<ApiResponse> ReadAsync(HttpResponseMessage message, int limit, CancellationToken cancellationToken)
    {
        var response = new ApiResponse(message);
        try
        {
            await using var stream = await message.Content.ReadAsStreamAsync(cancellationToken);
            while (await stream.ReadAsync(response._buffer.AsMemory(response._length), cancellationToken) is var read and > 0)
            {
                response._length += read;
                if (response._length > limit)
                {
                    (response._length, response.IsCut) = (limit, true);
                    break;
                }

                if (response._length == response._buffer.Length)
                {
                    response.Grow();
                }
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _length) = ([], 0);
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
