using System.Text.Json;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Carries out calls against the API behind. Thread-safe; connections are pooled.</summary>
internal sealed class OpenApiCaller(ApiAccess access) : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly RequestBuilder _requests = new(access);

    // Made on the first call: a server is ready before it has an HTTP stack.
    private readonly Lazy<HttpMessageInvoker> _http = new(() => new HttpMessageInvoker(OutboundHandler.Create(access.Outbound, TimeSpan.FromSeconds(15))));

    /// <param name="baseUrl">Where calls go unless the operation has a server of its own.</param>
    /// <param name="result">Gets the members of the result, faults of the call and of the API included.</param>
    public async ValueTask CallAsync(
        CallPlan plan, string? baseUrl, JsonElement arguments, Utf8JsonWriter result, CancellationToken cancellationToken)
    {
        if ((plan.BaseUrl ?? baseUrl) is not { } root)
        {
            ResultWriter.WriteFault(result, "The OpenAPI document does not say where its API is: start the server with a base URL.");
            return;
        }

        var checkedArguments = CallArguments.Check(plan, arguments, out var fault);
        using var request = fault is null ? _requests.Build(root, checkedArguments, out fault) : null;
        if (request is null)
        {
            ResultWriter.WriteFault(result, fault!);
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(access.Timeout);
        try
        {
            using var message = await SendAsync(request, limit.Token);
            using var response = await ApiResponse.ReadAsync(message, access.MaxResponseBytes, limit.Token);
            ResultWriter.Write(result, plan, request.RequestUri!, response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ResultWriter.WriteFault(result, CallFaults.TimedOut(request, access.Timeout));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            ResultWriter.WriteFault(result, CallFaults.Unreachable(request, e));
        }
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    /// <summary>Follows redirects of requests that change nothing; what is secret goes to the API's own host only.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await _http.Value.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            return response;
        }

        var from = request.RequestUri!;
        for (var hop = 0; hop < MaxRedirects && Target(response, from) is { } target; hop++)
        {
            response.Dispose();
            using var next = new HttpRequestMessage(request.Method, target);
            var isSameHost = Uri.Compare(target, request.RequestUri, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
            foreach (var (name, values) in request.Headers.NonValidated)
            {
                if (isSameHost || name is "Accept" or "User-Agent")
                {
                    next.Headers.TryAddWithoutValidation(name, values);
                }
            }

            response = await _http.Value.SendAsync(next, cancellationToken);
            from = target;
        }

        return response;
    }

    private static Uri? Target(HttpResponseMessage response, Uri from) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            && new Uri(from, location) is var target && DocumentLocation.IsHttp(target)
            ? target
            : null;
}
