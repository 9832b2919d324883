using System.Text.Json;
using McpConsole.Infrastructure.Database;
using McpConsole.Web.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace McpConsole.Web.Hosting;

/// <summary>Answers programs with problem details for what was thrown: a body that cannot be read, a database that is away, a bug.</summary>
internal sealed class FaultHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ApiSetup.IsPage(httpContext))
        {
            return false;
        }

        IResult answer = exception switch
        {
            BadHttpRequestException bad => Unreadable(bad),
            DatabaseUnavailableException away => away.ToError().ToProblem(),
            _ => TypedResults.Problem(
                $"The console failed. Its log has the details under {httpContext.TraceIdentifier}.",
                statusCode: StatusCodes.Status500InternalServerError,
                extensions: new Dictionary<string, object?> { ["code"] = "console.fault", ["traceId"] = httpContext.TraceIdentifier }),
        };
        await answer.ExecuteAsync(httpContext);
        return true;
    }

    private static IResult Unreadable(BadHttpRequestException exception)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = "request.unreadable" };
        if (exception.InnerException is not JsonException json)
        {
            return TypedResults.Problem(exception.Message, statusCode: exception.StatusCode, extensions: extensions);
        }

        // «$.restart.maxRetries» is the field as the caller wrote it. The exception's own text names types of ours.
        var field = json.Path is null or "$" ? "body" : json.Path.TrimStart('$', '.');
        var fault = $"This is not what belongs here (line {json.LineNumber + 1}, column {json.BytePositionInLine + 1}).";
        return TypedResults.Problem(new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [fault] })
        {
            Title = null,
            Status = exception.StatusCode,
            Detail = $"The body cannot be read at {field}: {fault}",
            Extensions = extensions,
        });
    }
}
