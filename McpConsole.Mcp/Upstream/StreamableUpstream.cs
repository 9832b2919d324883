using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Protocol;
using McpConsole.Mcp.Transports;

namespace McpConsole.Mcp.Upstream;

/// <summary>A line over Streamable HTTP. Which era the server speaks is found out once; a session lasts as long as the line.</summary>
internal sealed class StreamableUpstream : IUpstream
{
    private readonly UpstreamHttp _http;
    private readonly UpstreamTarget _target;
    private readonly string? _legacyVersion;
    private readonly string? _session;
    private int _lastId;

    private StreamableUpstream(UpstreamHttp http, UpstreamTarget target, string? legacyVersion, string? session) =>
        (_http, _target, _legacyVersion, _session) = (http, target, legacyVersion, session);

    /// <summary>
    /// Asks the modern way first; whatever is not the answer of a modern server means a legacy one (specification 2026-07-28,
    /// streamable-http, «Backward Compatibility»).
    /// </summary>
    /// <exception cref="UpstreamException">It is neither.</exception>
    public static async Task<StreamableUpstream> ConnectAsync(UpstreamHttp http, UpstreamTarget target, CancellationToken cancellationToken)
    {
        var modern = new StreamableUpstream(http, target, null, null);
        return await modern.IsModernAsync(cancellationToken) ? modern : await InitializeAsync(http, target, cancellationToken);
    }

    public async Task<RpcMessage> RequestAsync(string method, ReadOnlyMemory<byte> parameters, string? name, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(method, parameters, name, cancellationToken);
        if (answer.Response.StatusCode == HttpStatusCode.NotFound && _session is not null)
        {
            throw new UpstreamException(HealthCause.ProtocolError, "The session has ended.") { SessionEnded = true };
        }

        // A modern server answers some JSON-RPC errors with a status of their own.
        return answer.Response.IsSuccessStatusCode || IsJson(answer.Response)
            ? await UpstreamHttp.ReadResponseAsync(answer.Response, answer.Id, cancellationToken)
            : throw UpstreamHttp.ToException(answer.Response.StatusCode);
    }

    /// <summary>Ends the session, where the server still listens.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is null)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Delete, _target.Url);
        AddSession(request);
        foreach (var (name, value) in _target.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value.Reveal());
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            using var answer = await _http.SendAsync(request, patience.Token);
        }
        catch (Exception fault) when (fault is UpstreamException or OperationCanceledException)
        {
            // It is gone, or busy: it ends idle sessions by itself.
        }
    }

    private async Task<bool> IsModernAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(RpcMethods.Discover, "{}"u8.ToArray(), null, cancellationToken);
        if (answer.Response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw UpstreamHttp.ToException(answer.Response.StatusCode);
        }

        if (!answer.Response.IsSuccessStatusCode)
        {
            return false;
        }

        try
        {
            var response = await UpstreamHttp.ReadResponseAsync(answer.Response, answer.Id, cancellationToken);
            return response.Result.Exists
                && JsonElement.Parse(response[response.Result].Span) is { ValueKind: JsonValueKind.Object } result
                && result.TryGetProperty("supportedVersions", out var versions)
                && versions.ValueKind == JsonValueKind.Array
                && versions.EnumerateArray().Any(version => version.ValueEquals(ProtocolVersions.Modern));
        }
        catch (UpstreamException)
        {
            return false;
        }
    }

    private static async Task<StreamableUpstream> InitializeAsync(UpstreamHttp http, UpstreamTarget target, CancellationToken cancellationToken)
    {
        var opening = new StreamableUpstream(http, target, ProtocolVersions.LatestLegacy, null);
        using var answer = await opening.SendAsync(
            RpcMethods.Initialize, UpstreamFrames.InitializeParameters.ToArray(), null, cancellationToken, isInitialize: true);
        if (!answer.Response.IsSuccessStatusCode)
        {
            throw UpstreamHttp.ToException(answer.Response.StatusCode);
        }

        var version = UpstreamFrames.ReadVersion(await UpstreamHttp.ReadResponseAsync(answer.Response, answer.Id, cancellationToken));
        var session = answer.Response.Headers.TryGetValues("Mcp-Session-Id", out var values) ? values.First() : null;
        var line = new StreamableUpstream(http, target, version, session);
        using var initialized = RpcFrames.Notification(RpcMethods.Initialized);
        using var request = UpstreamHttp.Post(target, target.Url, initialized.Memory);
        line.AddSession(request);
        using var accepted = await http.SendAsync(request, cancellationToken);
        return line;
    }

    private async Task<Answer> SendAsync(
        string method, ReadOnlyMemory<byte> parameters, string? name, CancellationToken cancellationToken, bool isInitialize = false)
    {
        var id = Encoding.ASCII.GetBytes(Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture));
        var isModern = _legacyVersion is null;
        using var message = RpcFrames.Call(id, method, isModern ? UpstreamFrames.WithMeta(parameters.Span) : parameters.Span);
        using var request = UpstreamHttp.Post(_target, _target.Url, message.Memory);
        if (isModern)
        {
            request.Headers.TryAddWithoutValidation(ModernHeaders.Version, ProtocolVersions.Modern);
            request.Headers.TryAddWithoutValidation(ModernHeaders.Method, method);
            if (name is not null)
            {
                request.Headers.TryAddWithoutValidation(ModernHeaders.Name, ModernHeaders.Encode(name));
            }
        }
        else if (!isInitialize)
        {
            AddSession(request);
        }

        return new Answer(await _http.SendAsync(request, cancellationToken), id);
    }

    private void AddSession(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation(ModernHeaders.Version, _legacyVersion);
        if (_session is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", _session);
        }
    }

    private static bool IsJson(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "application/json"
        && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound;

    private sealed record Answer(HttpResponseMessage Response, byte[] Id) : IDisposable
    {
        public void Dispose() => Response.Dispose();
    }
}
