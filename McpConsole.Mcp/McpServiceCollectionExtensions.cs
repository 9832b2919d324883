using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.Bridge;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.Upstream;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what speaks MCP.</summary>
public static class McpServiceCollectionExtensions
{
    /// <summary>The probe, the tool client, the bridges and the document inspector. Needs an <see cref="IServerCatalog"/>.</summary>
    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<UpstreamHttp>();
        services.TryAddSingleton<IServerProbe, ServerProbe>();
        services.TryAddSingleton<IToolClient, ToolClient>();
        services.TryAddSingleton<IBridgeHost, BridgeHost>();
        services.TryAddSingleton<IDocumentInspector>(_ => new DocumentInspector(DocumentOptions.Default));
        return services;
    }
}
