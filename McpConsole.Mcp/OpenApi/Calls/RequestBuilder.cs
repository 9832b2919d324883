using System.Text;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Turns checked arguments into a request.</summary>
internal sealed class RequestBuilder(ApiAccess access)
{
    private readonly string? _token = access.Token?.Reveal();

    /// <summary>Null when the arguments do not make a request.</summary>
    /// <param name="fault">Why not, in words that a model can mend its call by.</param>
    public HttpRequestMessage? Build(string baseUrl, in CallArguments arguments, out string? fault)
    {
        if (RequestTarget.Build(baseUrl, arguments, _token, out fault) is not { } target)
        {
            return null;
        }

        var body = RequestBody.Build(arguments, out fault);
        if (fault is not null)
        {
            return null;
        }

        var plan = arguments.Plan;
        var request = new HttpRequestMessage(new HttpMethod(plan.Method), target) { Content = body };
        fault = AddArguments(request, arguments);
        if (fault is not null)
        {
            request.Dispose();
            return null;
        }

        if (!request.Headers.Contains("Accept"))
        {
            request.Headers.TryAddWithoutValidation("Accept", plan.Accept is null ? "application/json, */*;q=0.5" : $"{plan.Accept}, */*;q=0.1");
        }

        request.Headers.TryAddWithoutValidation("User-Agent", "McpConsole/1");
        AddToken(request, plan.Token);
        foreach (var (name, value) in access.Headers)
        {
            Replace(request, name, value.Reveal());
        }

        return request;
    }

    private string? AddArguments(HttpRequestMessage request, in CallArguments arguments)
    {
        var cookies = new StringBuilder();
        var pairs = new PairWriter(cookies, "; ");
        foreach (var argument in arguments.Plan.Arguments)
        {
            if (argument.Place is not (ArgumentPlace.Header or ArgumentPlace.Cookie) || !arguments.TryGet(argument, out var value))
            {
                continue;
            }

            if (argument.Place == ArgumentPlace.Cookie)
            {
                pairs.Write(argument, value);
                continue;
            }

            var text = new StringBuilder();
            SegmentWriter.Write(text, argument, value, encode: false);
            if (text.ToString().AsSpan().ContainsAnyInRange('\0', '\u001F'))
            {
                return $"The argument «{argument.Name}» goes into a header and must not have line breaks or control characters.";
            }

            Replace(request, argument.WireName, text.ToString());
        }

        if (arguments.Plan.Token is { Kind: TokenKind.Cookie, Name: { } name } && _token is not null)
        {
            pairs.Pair(name, _token);
        }

        if (pairs.HasPairs)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies.ToString());
        }

        return null;
    }

    private void AddToken(HttpRequestMessage request, TokenPlace place)
    {
        if (_token is null)
        {
            return;
        }

        switch (place.Kind)
        {
            case TokenKind.Bearer:
                Replace(request, "Authorization", _token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? _token : $"Bearer {_token}");
                break;
            case TokenKind.Basic:
                Replace(request, "Authorization", $"Basic {Credentials(_token)}");
                break;
            case TokenKind.Header:
                Replace(request, place.Name!, _token);
                break;
        }
    }

    // Base64 has no colon, so a token with one is «user:password».
    private static string Credentials(string token) =>
        token.Contains(':', StringComparison.Ordinal) ? Convert.ToBase64String(Encoding.UTF8.GetBytes(token)) : token;

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && request.Content is { } content)
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
        else
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
