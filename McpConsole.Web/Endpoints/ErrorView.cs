using McpConsole.Domain.Results;

namespace McpConsole.Web.Endpoints;

internal sealed record ErrorView(string Code, string Message)
{
    public static ErrorView? Of(Error? error) => error is null ? null : new(error.Code, error.Message);
}
