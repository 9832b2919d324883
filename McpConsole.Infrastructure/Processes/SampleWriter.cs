using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Processes;

/// <summary>
/// Brings finished minutes to the database. While it is away they wait in memory, a day of a hundred servers at most; beyond that the
/// oldest go, since a gap in an old chart hurts nobody.
/// </summary>
internal sealed partial class SampleWriter(
    ResourceHistory history, ConsoleDatabase database, TimeProvider time, ILogger<SampleWriter> logger) : BackgroundService, IPendingWrites
{
    private const int MostWaiting = 24 * 60 * 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(Guid, DateTimeOffset), SampleRow> _waiting = [];

    public long Pending => _waiting.Count;

    public long Lost { get; private set; }

    public string? Fault { get; private set; }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // The minute under way goes too: after a restart its other part is averaged in.
        await WriteAsync(time.GetUtcNow() + SampleStep.Minute.Length(), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        database.Count(this);
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteAsync(time.GetUtcNow(), stoppingToken);
        }
    }

    private async Task WriteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var row in history.TakeFinished(now))
        {
            Keep(row);
        }

        if (_waiting.Count == 0 || database.State != DatabaseState.Ready)
        {
            return;
        }

        try
        {
            await database.RunAsync(
                async (context, token) =>
                {
                    await SampleTable.AddAsync(context, _waiting.Values, token);
                    return true;
                },
                cancellationToken);
            _waiting.Clear();
            Fault = null;
        }
        // WHY all: a fault of one write must not end the console, as an exception that leaves a background service does.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fault = e.Message;
            LogDelayed(_waiting.Count, e.Message);
        }
    }

    private void Keep(SampleRow row)
    {
        var key = (row.ServerId, row.Time);
        _waiting[key] = _waiting.TryGetValue(key, out var earlier)
            ? SampleRow.From(row.ServerId, row.Step, row.Time, earlier.Average.Merge(row.Average))
            : row;
        if (_waiting.Count > MostWaiting)
        {
            _waiting.Remove(_waiting.MinBy(entry => entry.Value.Time).Key);
            Lost++;
        }
    }

    [LoggerMessage(6040, LogLevel.Debug, "{Count} resource samples wait for the database: {Cause}")]
    private partial void LogDelayed(int count, string cause);
}
