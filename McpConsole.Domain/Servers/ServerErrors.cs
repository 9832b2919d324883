using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Servers;

/// <summary>The expected failures of commands on servers.</summary>
public static class ServerErrors
{
    public static Error NotFound(object idOrName) =>
        new("server.not_found", ErrorKind.NotFound, "There is no server {0}. It may have been deleted.", idOrName);

    public static Error Forbidden(Role needed) =>
        new("server.forbidden", ErrorKind.Forbidden, "This needs the role {0}. Ask an administrator for it.", needed);

    public static Error NameTaken(string name) =>
        new Error("server.name_taken", ErrorKind.Conflict, "There is a server named {0} already. Choose another name.", name).At("name");

    public static Error StoreUnavailable(string name) =>
        new("server.store_unavailable", ErrorKind.Unavailable, "{0} was not changed: the database does not answer. Try again when it does.", name);

    public static Error StartTimeout(string name, TimeSpan limit, string? detail) =>
        new("server.start_timeout", ErrorKind.Timeout, "{0} did not answer MCP within {1} s ({2}). Read its log.", name, limit.TotalSeconds, detail ?? "no answer");

    public static Error Exited(string name, string how, string? lastLine) =>
        new("server.exited", ErrorKind.Failed, "{0} {1}. Its last line of standard error: {2}", name, how, lastLine ?? "(none)");

    public static Error GivenUp(string name, int starts, string how) =>
        new("server.given_up", ErrorKind.Failed, "{0} failed to start {1} times within ten minutes and was given up. Read its log, mend the cause, then start it. The last time: {2}", name, starts, how);

    public static Error Interrupted(string name) =>
        new("server.start_interrupted", ErrorKind.Conflict, "{0} was stopped before it answered.", name);

    public static Error PortTaken(int port, string holder) =>
        new("server.port_taken", ErrorKind.Conflict, "Port {0} is taken by {1}. Choose another port, or stop the program that holds it.", port, holder);

    public static Error NoFreePort(int first, int last) =>
        new("server.no_free_port", ErrorKind.Conflict, "No port from {0} to {1} is free. Widen the range in the settings, or give the server a port.", first, last);

    public static Error LaunchFault(string name, string reason) =>
        new("server.launch_fault", ErrorKind.Unavailable, "{0} could not be launched: {1} It is tried again; check the disk of the data folder.", name, reason);

    public static Error ShuttingDown() =>
        new("server.shutting_down", ErrorKind.Unavailable, "The console is stopping. Try again when it is back.");
}
