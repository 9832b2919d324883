using System.Collections.Immutable;
using McpConsole.Domain.Results;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace McpConsole.Web.Endpoints;

/// <summary>Writes the domain's errors as problem details (RFC 9457), with the stable code as an extension.</summary>
internal static class Problems
{
    public static ProblemHttpResult ToProblem(this ImmutableArray<Error> errors)
    {
        var first = errors[0];
        var fields = errors.Where(e => e.Field is not null).GroupBy(e => e.Field!).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray());
        var problem = fields.Count > 0 ? new HttpValidationProblemDetails(fields) { Title = null } : new ProblemDetails();
        problem.Status = StatusOf(first.Kind);
        problem.Detail = first.Message;
        problem.Extensions["code"] = first.Code;
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult ToProblem(this Error error) => ImmutableArray.Create(error).ToProblem();

    /// <summary>200 with what <paramref name="view"/> makes of the value, or the problem.</summary>
    public static Results<Ok<TView>, ProblemHttpResult> ToOk<T, TView>(this Result<T> result, Func<T, TView> view) =>
        result.IsOk ? TypedResults.Ok(view(result.Value)) : result.Errors.ToProblem();

    public static Results<NoContent, ProblemHttpResult> ToNoContent(this Result<Done> result) =>
        result.IsOk ? TypedResults.NoContent() : result.Errors.ToProblem();

    private static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Failed => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Timeout => StatusCodes.Status504GatewayTimeout,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
