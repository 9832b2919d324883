using System.Globalization;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Says why a call got no answer: the host, the cause, and what to do.</summary>
internal static class CallFaults
{
    public static string TimedOut(HttpRequestMessage request, TimeSpan limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Host(request)} did not answer within {limit.TotalSeconds} s.{Outcome(request)}");

    public static string Unreachable(HttpRequestMessage request, Exception exception)
    {
        var host = Host(request);
        if (exception is AddressRefusedException || exception.InnerException is AddressRefusedException)
        {
            return $"{(exception as AddressRefusedException ?? exception.InnerException!).Message} Check the base URL.";
        }

        return (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"The host {host} is not known: its name does not resolve. Check the base URL.",
            HttpRequestError.ConnectionError =>
                $"{host} cannot be connected to: {Cause(exception)} Check that the API runs and that the base URL names its port.",
            HttpRequestError.SecureConnectionError => $"No secure connection to {host}: {Cause(exception)} Check its certificate, or whether it speaks http.",
            _ => $"The call to {host} broke off: {Cause(exception)}{Outcome(request)}",
        };
    }

    private static string Host(HttpRequestMessage request) => request.RequestUri!.Authority;

    // The innermost exception names the cause; the outer ones repeat that there is one.
    private static string Cause(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message.TrimEnd('.') + ".";
    }

    // A model would repeat the call; whether it may is another matter.
    private static string Outcome(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head
            ? " The call changes nothing and can be repeated."
            : " It is not known whether the API carried out the call: look before repeating it.";
}
