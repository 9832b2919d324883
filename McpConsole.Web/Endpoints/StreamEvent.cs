namespace McpConsole.Web.Endpoints;

/// <summary>One server-sent event.</summary>
/// <param name="Id">What a client that comes back sends as <c>Last-Event-ID</c>.</param>
/// <param name="Name">Null for the default, «message».</param>
/// <param name="Data">Written as one line of JSON.</param>
internal sealed record StreamEvent(string? Id, string? Name, object Data);
