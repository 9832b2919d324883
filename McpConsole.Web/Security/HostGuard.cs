using System.Net;
using Microsoft.Extensions.Options;

namespace McpConsole.Web.Security;

/// <summary>
/// Refuses requests that a browser was tricked into: a Host that is not the console's (DNS rebinding), and an Origin of another site on
/// whatever changes or streams something (cross-site WebSockets pass by CORS).
/// </summary>
internal sealed partial class HostGuard(RequestDelegate next, IOptionsMonitor<HostOptions> options, ILogger<HostGuard> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOwnHost(request.Host, context.Connection.LocalIpAddress))
        {
            LogHostRefused(request.Host.Value ?? "");
            await Refuse(context, StatusCodes.Status421MisdirectedRequest, "host.refused",
                "The console does not answer to this host name. Add it to the setting MCPCONSOLE_ALLOWED_HOSTS.");
        }
        else if (!IsOwnOrigin(context))
        {
            LogOriginRefused(request.Headers.Origin.ToString(), request.Path);
            await Refuse(context, StatusCodes.Status403Forbidden, "origin.refused", "Another site may not do this.");
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>
    /// A loopback name, the address that the connection was made to (an address cannot be rebound), or a name from the settings.
    /// </summary>
    private bool IsOwnHost(HostString host, IPAddress? local)
    {
        var name = host.Host.Trim('[', ']');
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (IPAddress.TryParse(name, out var address))
        {
            return IPAddress.IsLoopback(address) || address.Equals(ConsoleClaims.Plain(local)) || options.CurrentValue.Allows(name);
        }

        return options.CurrentValue.Allows(name);
    }

    private static bool IsOwnOrigin(HttpContext context)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            // Programs send none. A browser always sends it with a WebSocket, so one that rides on the cookie needs it.
            return !context.WebSockets.IsWebSocketRequest || TokenAuthentication.Find(request) is not null;
        }

        var harmless = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !context.WebSockets.IsWebSocketRequest;
        return harmless || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static Task Refuse(HttpContext context, int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(context);

    [LoggerMessage(8010, LogLevel.Warning, "Refused a request for the host {Host}")]
    private partial void LogHostRefused(string host);

    [LoggerMessage(8011, LogLevel.Warning, "Refused a request from the origin {Origin} for {Path}")]
    private partial void LogOriginRefused(string origin, string path);
}
