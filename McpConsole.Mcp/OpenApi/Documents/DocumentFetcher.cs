using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using McpConsole.Domain.Results;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Reads documents from files and over HTTP, within the limits of <see cref="DocumentOptions"/>.</summary>
internal sealed class DocumentFetcher(DocumentOptions options) : IDisposable
{
    // Made on first use: a server whose document is a file does not pay for an HTTP stack when it starts.
    private readonly Lazy<HttpClient> _client = new(() => new HttpClient(OutboundHandler.Create(options.Outbound, TimeSpan.FromSeconds(10)))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    /// <summary>What tells this version of a file from every other, without keeping its content.</summary>
    public async Task<Result<DocumentStamp>> StampFileAsync(Uri location, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = OpenFile(location.LocalPath);
            return await HashAsync(file, cancellationToken) is { } hash
                ? new DocumentStamp(location, hash, null)
                : DocumentErrors.TooBig(location.LocalPath, options.MaxBytes);
        }
        catch (Exception e) when (FileFault(location.LocalPath, e) is not null)
        {
            return FileFault(location.LocalPath, e)!;
        }
    }

    /// <param name="knownETag">A version at hand; when the server still has it, the result's content is empty and its ETag the same.</param>
    public async Task<Result<DocumentText>> FetchAsync(Uri location, string? knownETag, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        var where = DocumentLocation.Show(location);
        try
        {
            return location.IsFile
                ? await ReadFileAsync(location, limit.Token)
                : await DownloadAsync(location, knownETag, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DocumentErrors.TimedOut(where, options.Timeout.TotalSeconds);
        }
        catch (Exception e) when (e is AddressRefusedException || e.InnerException is AddressRefusedException)
        {
            return DocumentErrors.RefusedAddress(where, (e as AddressRefusedException ?? e.InnerException!).Message);
        }
        catch (HttpRequestException e)
        {
            return DocumentErrors.Unreachable(where, e.InnerException?.Message ?? e.Message);
        }
        catch (Exception e) when (FileFault(where, e) is not null)
        {
            return FileFault(where, e)!;
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
    });

    private static Error? FileFault(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => DocumentErrors.Missing(path),
        UnauthorizedAccessException when Directory.Exists(path) => DocumentErrors.Unreadable(path, "it is a folder."),
        IOException or UnauthorizedAccessException => DocumentErrors.Unreadable(path, exception.Message),
        _ => null,
    };

    private async Task<Result<DocumentText>> ReadFileAsync(Uri location, CancellationToken cancellationToken)
    {
        var path = location.LocalPath;
        await using var file = OpenFile(path);
        var content = await ReadAsync(file, file.Length, cancellationToken);
        return content is null ? DocumentErrors.TooBig(path, options.MaxBytes) : new DocumentText(location, content);
    }

    private async Task<Result<DocumentText>> DownloadAsync(Uri location, string? knownETag, CancellationToken cancellationToken)
    {
        var start = DocumentLocation.Show(location);
        for (var hop = 0; hop <= options.MaxRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, location);
            request.Headers.Accept.ParseAdd("application/json, application/yaml;q=0.9, text/yaml;q=0.9, */*;q=0.5");
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("McpConsole", "1"));
            if (knownETag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", knownETag);
            }

            using var response = await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return new DocumentText(location, [], knownETag);
            }

            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } next)
            {
                location = new Uri(location, next);
                if (!DocumentLocation.IsHttp(location))
                {
                    return DocumentErrors.RefusedAddress(start, $"it redirects to «{location.Scheme}:», which is not http(s).");
                }

                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                return DocumentErrors.HttpStatus(DocumentLocation.Show(location), (int)response.StatusCode);
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var content = await ReadAsync(body, response.Content.Headers.ContentLength ?? 0, cancellationToken);
            return content is null
                ? DocumentErrors.TooBig(start, options.MaxBytes)
                : new DocumentText(location, content, response.Headers.ETag?.ToString());
        }

        return DocumentErrors.TooManyRedirects(start, options.MaxRedirects);
    }

    /// <summary>Null when there is more than the limit: a device has no length, and no end.</summary>
    private async Task<byte[]?> HashAsync(FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        for (long length = file.Length; length <= options.MaxBytes;)
        {
            var read = await file.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return hash.GetHashAndReset();
            }

            hash.AppendData(buffer.AsSpan(0, read));
            length = Math.Max(length, file.Position);
        }

        return null;
    }

    /// <summary>Null when there is more than the limit, whatever length was announced.</summary>
    private async Task<byte[]?> ReadAsync(Stream stream, long announced, CancellationToken cancellationToken)
    {
        if (announced > options.MaxBytes)
        {
            return null;
        }

        // One byte more than announced: the end is seen without growing.
        var buffer = new byte[Math.Max(announced + 1, 4096)];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is var read and > 0)
        {
            length += read;
            if (length > options.MaxBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        Array.Resize(ref buffer, length);
        return buffer;
    }
}
