
namespace McpConsole.Mcp.OpenApi;

/// <summary>
/// Notices when a document, or a file that it refers to, changes. Files are asked for length and time each second: that works on every file
/// system, through renames by editors and across mounts. A change counts once the file has stood still for a second, so that a half-written
/// document is not read. URLs are asked every half minute; a server that gives ETags answers that without a body.
/// </summary>
internal sealed class DocumentWatcher(Func<CancellationToken, Task> reload, Func<PlanLoader.Loaded> current, TimeProvider time)
{
    public static readonly TimeSpan FilePeriod = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan UrlPeriod = TimeSpan.FromSeconds(30);

    /// <summary>Ends when it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // What was written between loading and this look is not to be missed: it starts as if something had changed.
        var (last, isMoving) = (Look(), true);
        var isFile = current().Stamp.Location.IsFile;
        using var timer = new PeriodicTimer(isFile ? FilePeriod : UrlPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = Look();
            if (isFile && now != last)
            {
                (last, isMoving) = (now, true);
            }
            else if (!isFile || isMoving)
            {
                isMoving = false;
                await reload(cancellationToken);
            }
        }
    }

    // Length and time of every file that the tools come from; the same text means the same files.
    private string Look()
    {
        var loaded = current();
        var files = loaded.Plan.Sources.Select(source => source.Location).Prepend(loaded.Stamp.Location).Where(location => location.IsFile);
        return string.Join(';', files.Select(location =>
        {
            var file = new FileInfo(location.LocalPath);
            return file.Exists ? $"{file.Length}@{file.LastWriteTimeUtc.Ticks}" : "-";
        }));
    }
}
