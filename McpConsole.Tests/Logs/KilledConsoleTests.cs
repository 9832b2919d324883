using System.Diagnostics;
using System.Text;
using McpConsole.Domain.Logs;

namespace McpConsole.Tests.Logs;

[Trait("Kind", "Integration")]
public sealed class KilledConsoleTests
{
    private const int Kills = 20;
    private const int LargestGoal = 4 * 1024 * 1024;

    /// <summary>Small, so that consoles are also killed while they close and compress segments.</summary>
    private const string SegmentSize = "2m";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_line_is_lost_doubled_or_torn_when_the_console_is_killed_at_any_moment()
    {
        await using var console = new LogConsole(options => (options.MaxSize, options.MaxFiles) = (SegmentSize, 100_000));
        var runId = Guid.NewGuid();
        var paths = console.Intake.CreateSpool(console.Server, runId);
        var stdout = new NumberedWriter(paths.Stdout, seed: 1);
        var stderr = new NumberedWriter(paths.Stderr, seed: 2);
        using var done = new CancellationTokenSource();
        var writing = Task.WhenAll(stdout.WriteAsync(done.Token), stderr.WriteAsync(done.Token));

        var random = new Random(3);
        for (var kill = 0; kill < Kills; kill++)
        {
            // There is always more to take in than what is waited for: each console dies while it is writing.
            var goal = random.Next(LargestGoal);
            stdout.Allow(LargestGoal);
            stderr.Allow(LargestGoal);
            using var keeper = StartKeeper(console, runId);
            var stored = StoredBytes(console);
            while (StoredBytes(console) < stored + goal)
            {
                keeper.HasExited.ShouldBeFalse("the keeper must live until it is killed");
                await Task.Yield();
            }

            keeper.Kill();
            await keeper.WaitForExitAsync(Ending);
        }

        await done.CancelAsync();
        await writing;

        await using var last = await LogConsole.StartAsync(options => (options.MaxSize, options.MaxFiles) = (SegmentSize, 100_000), console.Data);
        await last.Attach(runId).EndAsync();
        var (next, nextOfStdout, nextOfStderr) = (1L, 0, 0);
        while (await last.Store.ReadRangeAsync(console.Server, next, 10_000, Ending) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                line.Sequence.ShouldBe(next++);
                line.Continued.ShouldBeFalse();
                NumberedWriter.NumberOf(line.Text).ShouldBe(line.Stream == LogStream.Stdout ? nextOfStdout++ : nextOfStderr++);
            }
        }

        (nextOfStdout, nextOfStderr).ShouldBe((stdout.Lines, stderr.Lines));
    }

    private static long StoredBytes(LogConsole console)
    {
        try
        {
            // Rotation makes it shrink by compression; names only rise, so they count as well.
            return Directory.Exists(console.LogFolder)
                ? Directory.EnumerateFiles(console.LogFolder, "*.log").Sum(path => new FileInfo(path).Length)
                    + (2 * 1024 * 1024 * Directory.EnumerateFiles(console.LogFolder, "*.gz").LongCount())
                : 0;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private static Process StartKeeper(LogConsole console, Guid runId)
    {
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "McpConsole.LogKeeper", "release", "McpConsole.LogKeeper"));
        var start = new ProcessStartInfo(program, [console.Data.Root, console.Server.ToString(), runId.ToString()])
        {
            UseShellExecute = false,
            Environment = { ["LOG_MAX_SIZE"] = SegmentSize, ["LOG_MAX_FILES"] = "100000" },
        };
        return Process.Start(start)!;
    }

    /// <summary>Appends numbered lines of different lengths, in writes that end anywhere.</summary>
    private sealed class NumberedWriter(string path, int seed)
    {
        private const int MaximalLength = 997;

        private long _allowed;

        public int Lines { get; private set; }

        public void Allow(int bytes) => Interlocked.Add(ref _allowed, bytes);

        /// <summary>The number of a line that is whole.</summary>
        public static int NumberOf(string line)
        {
            var parts = line.Split(' ');
            parts.Length.ShouldBe(3);
            parts[1].Length.ShouldBe(int.Parse(parts[0]) % MaximalLength, $"«{line}» is torn");
            parts[2].ShouldBe("end");
            return int.Parse(parts[0]);
        }

        public Task WriteAsync(CancellationToken cancellationToken) => Task.Run(() => Write(cancellationToken), CancellationToken.None);

        private async Task Write(CancellationToken cancellationToken)
        {
            var random = new Random(seed);
            await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
            var pending = new List<byte>();
            var written = 0L;
            while (!cancellationToken.IsCancellationRequested)
            {
                if (written >= Interlocked.Read(ref _allowed))
                {
                    await Task.Yield();
                    continue;
                }

                for (var i = 0; i < 50; i++)
                {
                    pending.AddRange(Encoding.ASCII.GetBytes($"{Lines} {new string('x', Lines % MaximalLength)} end\n"));
                    Lines++;
                }

                var part = random.Next(1, pending.Count);
                file.Write(pending.ToArray().AsSpan(0, part));
                pending.RemoveRange(0, part);
                written += part;
            }

            file.Write(pending.ToArray());
        }
    }
}
