using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Servers;

/// <summary>How servers are supervised: the section <c>Supervision</c>, and over it the flat names of the environment.</summary>
public sealed class SupervisionOptions
{
    public const string SectionName = "Supervision";

    /// <summary>How long a server has to answer MCP (PROCESS_TIMEOUT, milliseconds).</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Failed starts before a server is given up, where its definition does not say (PROCESS_MAX_RETRIES).</summary>
    public int MaxRetries { get; set; } = new RestartRule().MaxRetries;

    /// <summary>Between two looks at the health of a running server (PROCESS_HEALTH_CHECK_INTERVAL, milliseconds).</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The first port to pick from (MCP_DEFAULT_PORT).</summary>
    public int FirstPort { get; set; } = 3322;

    /// <summary>The last port to pick from; 0 means 999 above the first.</summary>
    public int LastPort { get; set; }

    /// <summary>What a server made from an OpenAPI document speaks where its definition does not say (MCP_DEFAULT_TRANSPORT).</summary>
    public McpTransport DefaultTransport { get; set; } = McpTransport.Streamable;

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether HTTP servers go on when the console is stopped in order (<c>--keep-servers</c>).</summary>
    public bool KeepServers { get; set; }

    /// <summary>For one look at the health of a server.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Failed looks in a row after which a server counts as unhealthy; before, as degraded.</summary>
    public int UnhealthyAfter { get; set; } = 3;

    /// <summary>
    /// Failed looks in a row after which a process that lives on without answering is restarted, unless its policy is never; 0 leaves it.
    /// </summary>
    public int RestartUnresponsiveAfter { get; set; } = 10;

    /// <summary>Between two measurements of CPU and memory.</summary>
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The <c>mcpc</c> executable; empty means the one that was built or installed with the console.</summary>
    public string RunnerPath { get; set; } = "";
}
