using McpConsole.Domain.Results;
using McpConsole.Web.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>Answers what no route answers: a person with the console's document, whose router says so, a program with a problem.</summary>
internal static class FallbackEndpoint
{
    // After everything else.
    private const int Last = int.MaxValue;

    public static void MapNotFound(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/{*path:nonfile}", IResult (HttpContext context) => ApiSetup.IsPage(context)
                ? new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }
                : new Error("route.not_found", ErrorKind.NotFound, "There is nothing at {0}.", context.Request.Path).ToProblem())
            .WithOrder(Last)
            .ExcludeFromDescription();
}
