using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Telemetry;

/// <summary>What the console knows of its servers, as metrics.</summary>
internal static class ServerMetrics
{
    private static readonly Lifecycle[] s_states = Enum.GetValues<Lifecycle>();

    public static void Write(PrometheusText text, IReadOnlyList<ServerSnapshot> servers, ILogStore logs, DateTimeOffset now)
    {
        text.Family("mcpconsole_server_state", "gauge", "1 for the state that the server is in.");
        foreach (var server in servers)
        {
            foreach (var state in s_states)
            {
                text.Sample("mcpconsole_server_state", server.State == state ? 1 : 0, Server(server), Id(server), ("state", Word(state.ToString())));
            }
        }

        Gauge("mcpconsole_server_healthy", "1 when the server answered its last probe.", s => s.Health.Level == HealthLevel.Healthy ? 1 : 0);
        Gauge("mcpconsole_server_restarts", "Restarts by the console since the server was last started by someone.", s => s.RestartCount);
        Gauge("mcpconsole_server_uptime_seconds", "Age of the live process.", s => s.Run is { } run ? (now - run.StartedAt).TotalSeconds : null);
        Gauge("mcpconsole_server_cpu_cores", "CPU of the process group; 1 is one busy core.", s => s.Resources?.CpuPercent / 100);
        Gauge("mcpconsole_server_memory_bytes", "Resident memory of the process group.", s => s.Resources?.RssBytes);
        Gauge("mcpconsole_server_threads", "Threads of the process group.", s => s.Resources?.Threads);
        Gauge("mcpconsole_server_open_files", "Open files of the process group.", s => s.Resources?.OpenFiles);
        Gauge("mcpconsole_server_tools", "Tools that the last probe listed.", s => s.ToolCount);
        Gauge("mcpconsole_server_connections", "MCP sessions on the bridge of a stdio server.", s => s.Connections);

        text.Family("mcpconsole_server_log_lines_total", "counter", "Lines that the server has printed, over all its runs.");
        foreach (var server in servers)
        {
            text.Sample("mcpconsole_server_log_lines_total", logs.Extent(server.Id).LastSequence, Server(server), Id(server));
        }

        Gauge("mcpconsole_server_log_bytes", "Size of the server's log on disk.", s => logs.Extent(s.Id).Bytes);

        void Gauge(string name, string help, Func<ServerSnapshot, double?> value)
        {
            text.Family(name, "gauge", help);
            foreach (var server in servers)
            {
                if (value(server) is { } number)
                {
                    text.Sample(name, number, Server(server), Id(server));
                }
            }
        }
    }

    private static (string Name, string Value) Server(ServerSnapshot server) => ("server", server.Name);

    private static (string Name, string Value) Id(ServerSnapshot server) => ("id", server.Id.ToString());

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
