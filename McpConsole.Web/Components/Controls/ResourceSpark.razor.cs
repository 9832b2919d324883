using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A server's CPU or memory over the last two minutes and now.</summary>
public sealed partial class ResourceSpark
{
    private const int Samples = 60;

    [Inject]
    public required IResourceHistory History { get; init; }

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    private double[] Values => [.. History.Recent(Server.Id, Samples).Select(sample => Kind == ResourceKind.Cpu ? sample.CpuPercent : sample.RssBytes)];
}

public enum ResourceKind
{
    Cpu,
    Memory,
}
