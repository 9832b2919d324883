using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>
/// Lists and calls tools over a line that is kept for each server and renewed when its session ended or its URL changed. A call is sent
/// again only when the server has surely not acted on it.
/// </summary>
internal sealed class ToolClient(IServerCatalog catalog, UpstreamHttp http, TimeProvider time) : IToolClient, IAsyncDisposable
{
    private static readonly TimeSpan s_listPatience = TimeSpan.FromSeconds(30);

    /// <summary>Tools may work for long; a caller with less patience cancels.</summary>
    private static readonly TimeSpan s_callPatience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<ServerId, Line> _lines = new();

    public Task<Result<ImmutableArray<ToolInfo>>> ListAsync(ServerId server, CancellationToken cancellationToken) =>
        RunAsync(server, s_listPatience, ToolListing.ReadAsync, cancellationToken);

    public async Task<Result<ToolOutcome>> CallAsync(
        ServerId server, string tool, JsonElement arguments, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.Can(Role.Developer))
        {
            return new Error("tools.forbidden", ErrorKind.Forbidden, "Calling tools needs the role Developer; {0} is a {1}.", actor.Name, actor.Role);
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return new Error("tools.arguments", ErrorKind.Invalid, "The arguments of a tool are one JSON object.");
        }

        var start = time.GetTimestamp();
        var parameters = Parameters(tool, arguments);
        var response = await RunAsync(server, s_callPatience, (line, token) => line.RequestAsync(RpcMethods.ToolsCall, parameters, tool, token), cancellationToken);
        if (!response.TryGet(out var answer, out var error))
        {
            return error;
        }

        if (answer.Error.Exists)
        {
            return new Error("tools.refused", ErrorKind.Failed, "The server refused to call {0}: {1}", tool, RpcFrames.ToException(answer).Message);
        }

        var result = JsonElement.Parse(answer[answer.Result].Span);
        if (result.ValueKind != JsonValueKind.Object || (result.TryGetProperty("resultType", out var type) && !type.ValueEquals("complete"u8)))
        {
            return new Error("tools.asks", ErrorKind.Failed, "The tool {0} asks its client for input, which the console does not give. Use an MCP client.", tool);
        }

        var isError = result.TryGetProperty("isError", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new ToolOutcome(result, isError, time.GetElapsedTime(start));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _lines.Keys)
        {
            await DropAsync(server, null);
        }
    }

    private async Task<Result<T>> RunAsync<T>(
        ServerId server, TimeSpan limit, Func<IUpstream, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (catalog.Find(server) is not { } snapshot)
        {
            return new Error("server.not_found", ErrorKind.NotFound, "There is no server {0}.", server);
        }

        if (snapshot.Url is not { } url)
        {
            return new Error("server.not_running", ErrorKind.Conflict, "{0} is not running. Start it first.", snapshot.Name);
        }

        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await AskAsync(server, Target(snapshot, url), ask, either.Token);
        }
        catch (UpstreamException fault)
        {
            return new Error(
                "server.not_answering", ErrorKind.Unavailable, "{0}: {1} {2}", snapshot.Name, fault.Message, HealthTexts.Action(fault.Cause));
        }
        catch (McpException fault)
        {
            return new Error("server.refused", ErrorKind.Failed, "{0} answered with an error: {1}", snapshot.Name, fault.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Error("server.timeout", ErrorKind.Timeout, "{0} did not answer in {1} s.", snapshot.Name, limit.TotalSeconds);
        }
    }

    private async Task<T> AskAsync<T>(
        ServerId server, UpstreamTarget target, Func<IUpstream, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var line = await ConnectAsync(server, target, cancellationToken);
        try
        {
            return await ask(line.Upstream, cancellationToken);
        }
        catch (UpstreamException fault) when (fault.SessionEnded || fault.Cause == HealthCause.ConnectionRefused)
        {
            await DropAsync(server, line);
        }
        catch
        {
            // Whether the server acted is unknown: the next call finds out afresh what it speaks, this one is not repeated.
            await DropAsync(server, line);
            throw;
        }

        line = await ConnectAsync(server, target, cancellationToken);
        return await ask(line.Upstream, cancellationToken);
    }

    private async Task<Line> ConnectAsync(ServerId server, UpstreamTarget target, CancellationToken cancellationToken)
    {
        if (_lines.TryGetValue(server, out var line))
        {
            if (line.Target == target)
            {
                return line;
            }

            await DropAsync(server, line);
        }

        line = new Line(target, await Upstreams.ConnectAsync(http, target, cancellationToken));
        if (!_lines.TryAdd(server, line))
        {
            await line.Upstream.DisposeAsync();
            return await ConnectAsync(server, target, cancellationToken);
        }

        return line;
    }

    private async ValueTask DropAsync(ServerId server, Line? line)
    {
        if (line is null ? _lines.TryRemove(server, out line) : _lines.TryRemove(KeyValuePair.Create(server, line)))
        {
            await line.Upstream.DisposeAsync();
        }
    }

    private static UpstreamTarget Target(ServerSnapshot snapshot, string url)
    {
        var headers = snapshot.Definition.Launch is RemoteLaunch remote ? remote.Headers : ImmutableSortedDictionary<string, Secret>.Empty;
        return new UpstreamTarget(new Uri(url), snapshot.Definition.Transport, headers);
    }

    private static byte[] Parameters(string tool, JsonElement arguments)
    {
        using var output = new PooledBuffer();
        using var writer = RpcFrames.Writer(output);
        writer.WriteStartObject();
        writer.WriteString("name"u8, tool);
        writer.WritePropertyName("arguments"u8);
        arguments.WriteTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        return output.Span.ToArray();
    }

    private sealed record Line(UpstreamTarget Target, IUpstream Upstream);
}
