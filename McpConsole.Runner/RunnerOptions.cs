using System.Globalization;

namespace McpConsole.Runner;

internal enum RunnerTransport
{
    Stdio,
    Sse,
    Streamable,
}

/// <summary>What the command line says.</summary>
internal sealed record RunnerOptions
{
    public string Document { get; private set; } = "";

    public RunnerTransport Transport { get; private set; }

    public int Port { get; private set; } = 3322;

    public string Host { get; private set; } = "127.0.0.1";

    public string? Endpoint { get; private set; }

    public string? BaseUrl { get; private set; }

    public string? Auth { get; private set; }

    public string? AuthVariable { get; private set; }

    public List<string> Headers { get; } = [];

    public List<string> Include { get; } = [];

    public List<string> Exclude { get; } = [];

    public bool Watch { get; private set; }

    public bool Managed { get; private set; }

    public bool AutoRestart { get; private set; }

    /// <exception cref="UsageException">An option is unknown, lacks its value, or has one that it cannot have.</exception>
    public static RunnerOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new RunnerOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            var value = equals < 0 ? null : args[i][(equals + 1)..];
            if (name is "--watch" or "--managed" or "--auto-restart")
            {
                if (value is null && i + 1 < args.Length && args[i + 1] is "true" or "false")
                {
                    value = args[++i];
                }

                options.SetSwitch(name, value);
                continue;
            }

            if (value is null && i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                value = args[++i];
            }

            options.Set(name, value);
        }

        return options.Document.Length > 0 ? options : throw new UsageException("--openapi is missing.");
    }

    private void SetSwitch(string name, string? value)
    {
        var on = value switch
        {
            null or "true" => true,
            "false" => false,
            _ => throw new UsageException($"{name} takes true or false, not {value}."),
        };
        switch (name)
        {
            case "--watch":
                Watch = on;
                break;
            case "--managed":
                Managed = on;
                break;
            default:
                AutoRestart = on;
                break;
        }
    }

    private void Set(string name, string? value)
    {
        string Needed() => value is { Length: > 0 } ? value : throw new UsageException($"{name} needs a value.");
        switch (name)
        {
            case "--openapi":
                Document = Needed();
                break;
            case "--transport":
                Transport = Needed() switch
                {
                    "stdio" => RunnerTransport.Stdio,
                    "sse" => RunnerTransport.Sse,
                    "streamable" => RunnerTransport.Streamable,
                    var other => throw new UsageException($"--transport is stdio, sse or streamable, not {other}."),
                };
                break;
            case "--port":
                Port = int.TryParse(Needed(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
                    ? port
                    : throw new UsageException($"--port is a number from 0 to 65535, not {value}.");
                break;
            case "--host":
                Host = Needed();
                break;
            case "--endpoint":
                Endpoint = Needed().StartsWith('/') ? value : throw new UsageException("--endpoint begins with a slash.");
                break;
            case "--base-url":
                BaseUrl = Needed();
                break;
            case "--auth":
                Auth = Needed();
                break;
            case "--auth-env":
                AuthVariable = Needed();
                break;
            case "--headers":
                Headers.Add(Needed());
                break;
            case "--include":
                Include.Add(Needed());
                break;
            case "--exclude":
                Exclude.Add(Needed());
                break;
            default:
                throw new UsageException(name.StartsWith('-') ? $"Unknown option: {name}" : $"Unexpected: {name}");
        }
    }
}
