using System.Collections.Immutable;
using System.Globalization;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Processes;

/// <summary>
/// Turns a definition into what is executed: a pure function, and the only place that builds a command line.
/// </summary>
public static class LaunchPlanner
{
    private const string AuthVariable = "MCPC_AUTH_TOKEN";

    /// <summary>Null for a remote server: nothing is executed.</summary>
    /// <param name="port">The port in force; ignored for stdio.</param>
    /// <param name="runnerPath">The <c>mcpc</c> executable.</param>
    public static LaunchPlan? Plan(ServerDefinition definition, int port, string runnerPath) => definition.Launch switch
    {
        OpenApiLaunch launch => PlanOpenApi(definition, launch, port, runnerPath),
        CommandLaunch launch => PlanCommand(definition, launch, port),
        RemoteLaunch => null,
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition.Launch, "Unknown launch kind."),
    };

    private static LaunchPlan PlanOpenApi(ServerDefinition definition, OpenApiLaunch launch, int port, string runnerPath)
    {
        var argv = ImmutableArray.CreateBuilder<string>();
        var secrets = definition.Environment.ToBuilder();
        argv.AddRange(runnerPath, "serve", "--openapi", launch.Document, "--transport", Word(definition.Transport));
        var stdio = definition.Transport == McpTransport.Stdio;
        if (!stdio)
        {
            argv.AddRange("--port", port.ToString(CultureInfo.InvariantCulture), "--endpoint", definition.EffectiveEndpoint);
        }

        if (launch.BaseUrl is { } baseUrl)
        {
            argv.AddRange("--base-url", baseUrl);
        }

        if (launch.AuthToken is { } token)
        {
            argv.AddRange("--auth-env", AuthVariable);
            secrets[AuthVariable] = token;
        }

        // The runner replaces ${NAME} in a header by the variable's value, which keeps the value out of the process list.
        foreach (var ((name, value), index) in launch.Headers.Select((header, index) => (header, index)))
        {
            var variable = string.Create(CultureInfo.InvariantCulture, $"MCPC_HEADER_{index + 1}");
            argv.AddRange("--headers", $"{name}: ${{{variable}}}");
            secrets[variable] = value;
        }

        argv.AddRange(launch.Operations.Include.SelectMany(pattern => new[] { "--include", pattern }));
        argv.AddRange(launch.Operations.Exclude.SelectMany(pattern => new[] { "--exclude", pattern }));
        if (launch.Watch)
        {
            argv.Add("--watch");
        }

        argv.Add("--managed");
        return new LaunchPlan
        {
            Argv = argv.ToImmutable(),
            SecretEnvironment = secrets.ToImmutable(),
            Port = stdio ? null : port,
            Url = stdio ? null : Local(port, definition.EffectiveEndpoint),
            Limits = definition.Limits,
            IsStdio = stdio,
        };
    }

    private static LaunchPlan PlanCommand(ServerDefinition definition, CommandLaunch launch, int port)
    {
        var stdio = definition.Transport == McpTransport.Stdio;
        var portText = port.ToString(CultureInfo.InvariantCulture);
        string Fill(string text) => stdio ? text : text.Replace("{port}", portText, StringComparison.Ordinal);
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>();
        if (!stdio)
        {
            environment["PORT"] = portText;
        }

        // Python block-buffers its output when it is not a terminal: its log would come late and in lumps.
        environment["PYTHONUNBUFFERED"] = "1";
        foreach (var name in definition.Environment.Keys)
        {
            environment.Remove(name);
        }

        return new LaunchPlan
        {
            Argv = [.. launch.Argv.Select(Fill)],
            Environment = environment.ToImmutable(),
            SecretEnvironment = definition.Environment.ToImmutableSortedDictionary(e => e.Key, e => new Secret(Fill(e.Value.Reveal()))),
            WorkingDirectory = launch.WorkingDirectory,
            Port = stdio ? null : port,
            Url = stdio ? null : Local(port, definition.EffectiveEndpoint),
            Limits = definition.Limits,
            IsStdio = stdio,
        };
    }

    private static Uri Local(int port, string endpoint) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{endpoint}"));

    private static string Word(McpTransport transport) => transport switch
    {
        McpTransport.Stdio => "stdio",
        McpTransport.Sse => "sse",
        _ => "streamable",
    };
}
