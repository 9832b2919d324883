using System.Text.RegularExpressions;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Bridge;
using McpConsole.Tests.Bridge;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Transports;

/// <summary>The official conformance suite, every active server scenario.</summary>
[Trait("Kind", "Integration")]
public sealed partial class ConformanceTests
{
    private const int Checks = 40;

    [Fact]
    public async Task The_suite_passes_over_http()
    {
        using var server = ServerProcess.Start(Conformance.ServerProgram, "--port", "0");
        var url = await server.ReadUrlAsync();
        await ExpectAllAsync(url.ToString());
    }

    [Fact]
    public async Task The_suite_passes_through_the_bridge_to_a_stdio_server()
    {
        await using var bridge = await OpenBridgeAsync();
        await using var child = ProcessChild.Start(Conformance.ServerProgram, "--stdio");
        bridge.Attach(child);
        await ExpectAllAsync(bridge.Url.ToString());
    }

    private static async Task<IBridge> OpenBridgeAsync()
    {
        var definition = new ServerDefinition
        {
            Id = new ServerId(Guid.NewGuid()),
            Name = "conformance",
            Launch = new CommandLaunch { Argv = [Conformance.ServerProgram, "--stdio"] },
            Transport = McpTransport.Stdio,
        };
        var settings = new BridgeSettings(definition, 0, _ => throw new InvalidOperationException("The child is shared."));
        return (await new BridgeHost(TimeProvider.System, NullLoggerFactory.Instance).OpenAsync(settings, TestContext.Current.CancellationToken)).Value;
    }

    private static async Task ExpectAllAsync(string url)
    {
        var (_, output) = await Conformance.RunAsync(Conformance.Node, Conformance.Suite, "server", "--url", url);
        var total = Total().Match(output);
        total.Success.ShouldBeTrue(output);
        total.Groups["failed"].Value.ShouldBe("0", output);
        total.Groups["passed"].Value.ShouldBe($"{Checks}", output);
    }

    [GeneratedRegex(@"Total: (?<passed>\d+) passed, (?<failed>\d+) failed", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Total();
}
