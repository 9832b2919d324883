using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.Bridge;
using McpConsole.Mcp.Upstream;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what speaks MCP.</summary>
public static class McpServiceCollectionExtensions
{
    /// <summary>The probe, the tool client and the bridges. Needs an <see cref="IServerCatalog"/>.</summary>
    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<UpstreamHttp>();
        services.TryAddSingleton<IServerProbe, ServerProbe>();
        services.TryAddSingleton<IToolClient, ToolClient>();
        services.TryAddSingleton<IBridgeHost, BridgeHost>();
        return services;
    }
}
