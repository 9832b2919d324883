using System.Reflection;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <summary>
/// The server that a route's <c>{id}</c> names, by id or by name. A handler that takes one runs only when it exists, see
/// <see cref="AnswerUnknownServers"/>.
/// </summary>
internal sealed class ServerRef
{
    private readonly string _text;
    private readonly ServerSnapshot? _snapshot;

    private ServerRef(string text, ServerSnapshot? snapshot) => (_text, _snapshot) = (text, snapshot);

    public ServerSnapshot Snapshot => _snapshot ?? throw new InvalidOperationException($"The route lacks {nameof(AnswerUnknownServers)}.");

    public ServerId Id => Snapshot.Id;

    public static ValueTask<ServerRef> BindAsync(HttpContext context, ParameterInfo _)
    {
        var text = (string)context.Request.RouteValues["id"]!;
        return ValueTask.FromResult(new ServerRef(text, context.RequestServices.GetRequiredService<IServerCatalog>().Find(text)));
    }

    /// <summary>Answers 404 before the handler runs.</summary>
    public static ValueTask<object?> AnswerUnknownServers(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<ServerRef>().FirstOrDefault() is { _snapshot: null } unknown
            ? ValueTask.FromResult<object?>(ServerErrors.NotFound(unknown._text).ToProblem())
            : next(context);
}
