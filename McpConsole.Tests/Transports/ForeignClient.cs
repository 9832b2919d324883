using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpConsole.Tests.Transports;

/// <summary>The client of the official C# SDK: a program that others wrote.</summary>
internal static class ForeignClient
{
    public static Task<McpClient> ConnectAsync(Uri url, string? version, HttpTransportMode mode = HttpTransportMode.StreamableHttp) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = url, TransportMode = mode }),
        new McpClientOptions { ProtocolVersion = version },
        cancellationToken: TestContext.Current.CancellationToken);

    public static async Task<string> CallAsync(McpClient client, string tool, Dictionary<string, object?>? arguments = null)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: TestContext.Current.CancellationToken);
        return result.Content.OfType<TextContentBlock>().Single().Text;
    }
}
