using System.Globalization;
using System.Net;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.Protocol;
using McpConsole.Mcp.Transports;
using Microsoft.Extensions.Logging;

namespace McpConsole.Runner;

/// <summary><c>mcpc serve</c>: one OpenAPI document as one MCP server, until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    /// <returns>False when it failed; the fault is on standard error.</returns>
    public static async Task<bool> RunAsync(RunnerOptions options, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var log = new LineLog(Console.Error, time);
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await ServeAsync(options, log, time, cancellationToken);
                return true;
            }
            catch (RunnerException fault)
            {
                await TellAsync(options, log, fault);
            }
            catch (Exception fault) when (options.AutoRestart && fault is not OperationCanceledException)
            {
                // The switch asks for just this: whatever ended the server, it is started again.
                log.Write(LogLevel.Error, fault.ToString());
            }

            if (!options.AutoRestart)
            {
                return false;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static async ValueTask TellAsync(RunnerOptions options, LineLog log, RunnerException fault)
    {
        if (options.Managed)
        {
            log.Write(LogLevel.Error, fault.Message);
        }
        else
        {
            await Console.Error.WriteLineAsync(fault.Message);
        }
    }

    private static async Task ServeAsync(RunnerOptions options, LineLog log, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await OpenApiTools.OpenAsync(Access.ToOpenApi(options), log.CreateLogger("OpenApi"), time, cancellationToken);
        if (!opened.IsOk)
        {
            throw new RunnerException(string.Join(Environment.NewLine, opened.Errors.Select(error => error.Message)));
        }

        await using var tools = opened.Value;
        var features = new ServerFeatures { Name = tools.Title, Version = tools.Version ?? CommandLine.Version, Tools = tools };
        using var server = new McpServer(features, new Logger<McpServer>(log));
        if (options.Transport == RunnerTransport.Stdio)
        {
            log.Write(LogLevel.Information, string.Create(CultureInfo.InvariantCulture, $"{tools.Count} tools of {tools.Title} on standard input and output"));
            await new StdioServer(server, Console.OpenStandardInput(), Console.OpenStandardOutput()).RunAsync(cancellationToken);
            return;
        }

        await using var listener = await ListenAsync(options, server, log, cancellationToken);
        var host = options.Host.Contains(':', StringComparison.Ordinal) ? $"[{options.Host}]" : options.Host;
        var url = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{listener.Port}{Endpoint(options)}");
        await AnnounceAsync(options, log, string.Create(CultureInfo.InvariantCulture, $"{tools.Count} tools of {tools.Title} at {url}"));
        await Memory.KeepSmallAsync(time, cancellationToken);
    }

    private static async Task<McpListener> ListenAsync(RunnerOptions options, McpServer server, LineLog log, CancellationToken cancellationToken)
    {
        var address = await ResolveAsync(options.Host, cancellationToken);
        var isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        var http = new HttpTransportOptions { Endpoint = Endpoint(options), TrustedHosts = [options.Host], TrustAddresses = isAny };
        var app = options.Transport == RunnerTransport.Sse ? McpHttpApp.Sse(server, http) : McpHttpApp.Streamable(server, http);
        try
        {
            return await McpListener.StartAsync(new IPEndPoint(address, options.Port), app, log, cancellationToken);
        }
        catch (IOException fault)
        {
            throw new RunnerException($"Cannot listen on {options.Host}:{options.Port}: {(fault.InnerException ?? fault).Message}");
        }
    }

    private static async ValueTask<IPAddress> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(host, out var address))
        {
            return address;
        }

        try
        {
            return (await Dns.GetHostAddressesAsync(host, cancellationToken))[0];
        }
        catch (System.Net.Sockets.SocketException)
        {
            throw new RunnerException($"--host {host} does not resolve.");
        }
    }

    private static string Endpoint(RunnerOptions options) => options.Endpoint ?? (options.Transport == RunnerTransport.Sse ? "/sse" : "/mcp");

    private static async ValueTask AnnounceAsync(RunnerOptions options, LineLog log, string text)
    {
        if (options.Managed)
        {
            log.Write(LogLevel.Information, text);
        }
        else
        {
            await Console.Out.WriteLineAsync(text);
        }
    }
}
