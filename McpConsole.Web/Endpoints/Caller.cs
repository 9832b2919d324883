using System.Reflection;
using McpConsole.Domain.Accounts;
using McpConsole.Web.Security;

namespace McpConsole.Web.Endpoints;

/// <summary>Who calls, taken from the request: a handler that needs an actor has a parameter of this type.</summary>
internal sealed record Caller(Actor Actor)
{
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo _) =>
        ValueTask.FromResult(new Caller(context.User.ToActor(context.Connection.RemoteIpAddress)));
}
