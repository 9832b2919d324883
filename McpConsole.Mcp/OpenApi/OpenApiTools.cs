using System.Text.Json;
using McpConsole.Domain.Results;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.OpenApi.Calls;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;
using McpConsole.Mcp.Protocol;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.OpenApi;

/// <summary>
/// The tools of an OpenAPI document: listed as they were mapped, called over HTTP. With watching on, a new version of the document replaces
/// them whole; a version that cannot be used is logged and the old one stays.
/// </summary>
public sealed partial class OpenApiTools : IToolSource, IAsyncDisposable
{
    private readonly OpenApiOptions _options;
    private readonly ILogger _logger;
    private readonly DocumentFetcher _fetcher;
    private readonly PlanLoader _loader;
    private readonly OpenApiCaller _caller;
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;
    private string? _fault;
    private volatile PlanLoader.Loaded _loaded = null!;

    private OpenApiTools(OpenApiOptions options, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        _fetcher = new DocumentFetcher(options.Documents);
        _loader = new PlanLoader(_fetcher, options.Documents, new ToolPlanCache(options.PlanFolder ?? ToolPlanCache.DefaultFolder, logger));
        _caller = new OpenApiCaller(options.Access);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ListJson => _loaded.Plan.ListJson;

    public int Count => _loaded.Plan.Count;

    public string Title => _loaded.Plan.Title;

    /// <summary>The version that the document gives itself.</summary>
    public string? Version => _loaded.Plan.DocumentVersion;

    /// <summary>Where calls go; null where neither the document nor the options say.</summary>
    public string? BaseUrl => _loaded.Plan.BaseUrl;

    /// <summary>What is to be told of the document. Read anew on each use.</summary>
    public DocumentPreview Preview => _loaded.Plan.Preview;

    /// <returns>The errors say why the document cannot be used.</returns>
    public static async Task<Result<OpenApiTools>> OpenAsync(
        OpenApiOptions options, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        var tools = new OpenApiTools(options, logger);
        var loaded = await tools._loader.LoadAsync(options.Source, known: null, cancellationToken);
        if (!loaded.TryGet(out var first, out _))
        {
            await tools.DisposeAsync();
            return Result<OpenApiTools>.Fail(loaded.Errors);
        }

        tools.Take(first);
        if (options.Watch)
        {
            tools._watching = new DocumentWatcher(tools.ReloadAsync, () => tools._loaded, time).RunAsync(tools._stop.Token);
        }

        return tools;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CallAsync(
        string name, JsonElement arguments, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken)
    {
        var plan = _loaded.Plan;
        if (plan.Find(name) is not { } call)
        {
            return false;
        }

        await _caller.CallAsync(call, plan.BaseUrl, arguments, result, cancellationToken);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _caller.Dispose();
        _fetcher.Dispose();
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var known = _loaded;
        var loaded = await _loader.LoadAsync(_options.Source, known, cancellationToken);
        if (!loaded.TryGet(out var fresh, out var error))
        {
            // A broken URL is asked again and again; its fault is told once.
            if (error.Message != _fault)
            {
                LogKept(error.Message);
            }
        }
        else if (!ReferenceEquals(fresh, known))
        {
            Take(fresh);
            LogReloaded(fresh.Plan.Count);
            Changed?.Invoke();
        }

        _fault = error?.Message;
    }

    private void Take(PlanLoader.Loaded loaded)
    {
        _loaded = loaded;
        if (loaded.Plan.SkippedCount > 0)
        {
            LogSkipped(loaded.Plan.SkippedCount);
        }

        if (loaded.Plan.BaseUrl is null)
        {
            LogNoBaseUrl();
        }

        if (loaded.IsFresh)
        {
            // Mapping leaves garbage of many times the size of the plan, and the server then idles for days: it gives the memory back.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    [LoggerMessage(EventId = 5300, Level = LogLevel.Information, Message = "The document changed: {Count} tools now.")]
    private partial void LogReloaded(int count);

    [LoggerMessage(EventId = 5301, Level = LogLevel.Warning, Message = "The changed document cannot be used, the tools stay as they were: {Cause}")]
    private partial void LogKept(string cause);

    [LoggerMessage(EventId = 5302, Level = LogLevel.Warning, Message = "{Count} operations did not become tools; inspecting the document tells why.")]
    private partial void LogSkipped(int count);

    [LoggerMessage(EventId = 5303, Level = LogLevel.Warning, Message = "The document does not say where its API is: calls fail until a base URL is given.")]
    private partial void LogNoBaseUrl();
}
