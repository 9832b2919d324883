using System.Globalization;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Reads the settings, completes what depends on others, and names the key of each that is wrong.</summary>
internal sealed class SupervisionOptionsSetup(IConfiguration configuration)
    : IConfigureOptions<SupervisionOptions>, IPostConfigureOptions<SupervisionOptions>, IValidateOptions<SupervisionOptions>
{
    private const int PortCount = 1000;

    public void Configure(SupervisionOptions options)
    {
        configuration.GetSection(SupervisionOptions.SectionName).Bind(options);
        options.StartTimeout = Milliseconds("PROCESS_TIMEOUT") ?? options.StartTimeout;
        options.HealthInterval = Milliseconds("PROCESS_HEALTH_CHECK_INTERVAL") ?? options.HealthInterval;
        options.MaxRetries = Number("PROCESS_MAX_RETRIES") ?? options.MaxRetries;
        options.FirstPort = Number("MCP_DEFAULT_PORT") ?? options.FirstPort;
        options.DefaultTransport = configuration["MCP_DEFAULT_TRANSPORT"] is { Length: > 0 } word ? Transport(word) : options.DefaultTransport;
    }

    public void PostConfigure(string? name, SupervisionOptions options)
    {
        if (options.LastPort == 0)
        {
            options.LastPort = Math.Min(65535, options.FirstPort + PortCount - 1);
        }

        if (options.RunnerPath.Length == 0)
        {
            options.RunnerPath = RunnerLocation.Find();
        }
    }

    public ValidateOptionsResult Validate(string? name, SupervisionOptions options)
    {
        (bool Valid, string Message)[] rules =
        [
            (options.StartTimeout > TimeSpan.Zero, "PROCESS_TIMEOUT (Supervision:StartTimeout) must be above zero."),
            (options.HealthInterval >= TimeSpan.FromMilliseconds(100), "PROCESS_HEALTH_CHECK_INTERVAL (Supervision:HealthInterval) must be at least 100 ms."),
            (options.MaxRetries is >= 0 and <= 1000, "PROCESS_MAX_RETRIES (Supervision:MaxRetries) must be between 0 and 1000."),
            (options.FirstPort is >= 1 and <= 65535, "MCP_DEFAULT_PORT (Supervision:FirstPort) must be between 1 and 65535."),
            (options.LastPort >= options.FirstPort && options.LastPort <= 65535, "Supervision:LastPort must be between MCP_DEFAULT_PORT and 65535."),
            (Enum.IsDefined(options.DefaultTransport), "MCP_DEFAULT_TRANSPORT (Supervision:DefaultTransport) must be stdio, sse or streamable."),
            (options.StopGrace >= TimeSpan.Zero, "Supervision:StopGrace must not be negative."),
            (options.ProbeTimeout > TimeSpan.Zero, "Supervision:ProbeTimeout must be above zero."),
            (options.UnhealthyAfter >= 1, "Supervision:UnhealthyAfter must be at least 1."),
            (options.RestartUnresponsiveAfter >= 0, "Supervision:RestartUnresponsiveAfter must not be negative."),
            (options.SampleInterval >= TimeSpan.FromMilliseconds(100), "Supervision:SampleInterval must be at least 100 ms."),
        ];
        var failures = rules.Where(rule => !rule.Valid).Select(rule => rule.Message).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // What is no number becomes one that validation refuses, with the name of its key.
    private int? Number(string key) =>
        configuration[key] is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private TimeSpan? Milliseconds(string key) => Number(key) is { } value ? TimeSpan.FromMilliseconds(value) : null;

    private static McpTransport Transport(string word) => Enum.TryParse<McpTransport>(word, ignoreCase: true, out var value) ? value : (McpTransport)(-1);
}
