using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>The fake MCP server, built beside the tests.</summary>
internal static class FakeProgram
{
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        AppContext.BaseDirectory, "..", "..", "McpConsole.FakeServer", System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "McpConsole.FakeServer"));

    public static ServerDraft Draft(params string[] switches) => new()
    {
        Name = $"fake-{Guid.NewGuid():N}"[..20],
        Command = [Path, "--port", "{port}", .. switches],
        Transport = McpTransport.Streamable,
    };

    public static ServerDraft Stdio(params string[] switches) => new()
    {
        Name = $"fake-{Guid.NewGuid():N}"[..20],
        Command = [Path, .. switches],
        Transport = McpTransport.Stdio,
    };
}
