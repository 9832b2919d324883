namespace McpConsole.Runner;

internal static class Usage
{
    public const string Text = """
        usage: mcpc serve --openapi URL|FILE [options]
               mcpc inspect --openapi URL|FILE [--include PATTERN] [--exclude PATTERN]
               mcpc --version | --help

        serve turns the operations of an OpenAPI document into the tools of an MCP server; inspect lists them.

          --openapi URL|FILE     OpenAPI 2.0, 3.0 or 3.1, JSON or YAML
          --transport NAME       stdio (default), streamable, or the deprecated sse
          --port N               3322; 0 picks a free one and prints it
          --host ADDRESS         127.0.0.1
          --endpoint PATH        /mcp, for sse /sse
          --base-url URL         where calls go, instead of the document's servers
          --auth TOKEN           bearer token for the API behind (seen by every user of this machine: rather use the next)
          --auth-env NAME        the same, from an environment variable
          --headers "NAME: VALUE"  sent with each call, may be repeated; ${NAME} becomes that environment variable
          --include PATTERN      only these operations, may be repeated: an id, a tool name, tag:NAME, METHOD /path, a path; * for anything
          --exclude PATTERN      not these, may be repeated
          --watch [BOOL]         the document is followed, clients are told of changed tools
          --managed [BOOL]       run by a supervisor: log lines on standard error, nothing else
          --auto-restart [BOOL]  a document that cannot be loaded is tried again, and a server that failed is started again

        Options also take the form --name=value. Exit codes: 0 stopped, 1 failed, 2 wrong usage.
        """;
}
