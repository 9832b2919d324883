using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace McpConsole.Tests.Database;

[Trait("Kind", "Integration")]
public sealed class PrivatePostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_data_folder_with_a_long_path_gets_a_server_too()
    {
        var path = Path.Combine(_folder.Path, new string('l', 90), "with spaces, commas and 'quotes'");
        using var postgres = Create(path);
        await postgres.EnsureRunningAsync(Cancellation);
        (await AskAsync(postgres, "SELECT 1")).ShouldBe(1);
        await postgres.StopAsync();
        postgres.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task It_runs_unprivileged_without_a_tcp_port_in_a_session_of_its_own()
    {
        using var postgres = Create(_folder.Path);
        await postgres.EnsureRunningAsync(Cancellation);
        var pid = await PidAsync(postgres);
        var status = await File.ReadAllLinesAsync($"/proc/{pid}/status", Cancellation);
        status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1..].ShouldAllBe(uid => uid != "0");
        (await AskAsync(postgres, "SELECT current_setting('listen_addresses')")).ShouldBe("");
        var fields = (await File.ReadAllTextAsync($"/proc/{pid}/stat", Cancellation)).Split(") ")[1].Split(' ');
        fields[3].ShouldBe(pid.ToString());
        await postgres.StopAsync();
    }

    [Fact]
    public async Task A_server_left_by_a_killed_console_is_taken_over()
    {
        using var first = Create(_folder.Path);
        await first.EnsureRunningAsync(Cancellation);
        var pid = await PidAsync(first);
        using var second = Create(_folder.Path);
        await second.EnsureRunningAsync(Cancellation);
        (await PidAsync(second)).ShouldBe(pid);
        await second.StopAsync();
        first.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task A_start_that_is_called_off_leaves_nothing_running()
    {
        using var calledOff = new CancellationTokenSource();
        using var postgres = new PrivatePostgres(DataFolder.At(_folder.Path), new CancellingTime(calledOff), NullLogger<PrivatePostgres>.Instance);
        await Should.ThrowAsync<OperationCanceledException>(() => postgres.EnsureRunningAsync(calledOff.Token));
        postgres.IsRunning.ShouldBeTrue();
        await postgres.StopAsync();
        postgres.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_is_called_off_is_ended()
    {
        var note = Path.Combine(_folder.Path, "pid");
        using var calledOff = new CancellationTokenSource();
        var run = ShortCommand.RunAsync(["/bin/sh", "-c", $"echo $$ > {note}; exec sleep 1000"], calledOff.Token);
        await Eventually.BeTrueAsync(() => File.Exists(note) && File.ReadAllText(note).Length > 0);
        await calledOff.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
        var pid = (await File.ReadAllTextAsync(note, Cancellation)).Trim();
        await Eventually.BeTrueAsync(() => !Directory.Exists($"/proc/{pid}"));
    }

    [Fact]
    public async Task A_pid_file_whose_pid_is_another_program_by_now_does_not_keep_it_from_starting()
    {
        using var first = Create(_folder.Path);
        await first.EnsureRunningAsync(Cancellation);
        var pidFile = Path.Combine(first.Folder, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(pidFile, Cancellation);
        await first.StopAsync();
        await File.WriteAllLinesAsync(pidFile, [Environment.ProcessId.ToString(), .. lines[1..]], Cancellation);
        using var second = Create(_folder.Path);
        await second.EnsureRunningAsync(Cancellation);
        (await AskAsync(second, "SELECT 1")).ShouldBe(1);
        await second.StopAsync();
    }

    [Fact]
    public async Task A_folder_of_another_major_version_is_refused_with_what_to_install()
    {
        using var postgres = Create(_folder.Path);
        Directory.CreateDirectory(postgres.Folder);
        await File.WriteAllTextAsync(Path.Combine(postgres.Folder, "PG_VERSION"), "9\n", Cancellation);
        var exception = await Should.ThrowAsync<DatabaseUnavailableException>(() => postgres.EnsureRunningAsync(Cancellation));
        exception.Message.ShouldContain("was made by PostgreSQL 9");
    }

    [Fact]
    public async Task Files_that_are_no_cluster_are_left_alone()
    {
        using var postgres = Create(_folder.Path);
        Directory.CreateDirectory(postgres.Folder);
        var file = Path.Combine(postgres.Folder, "precious.txt");
        await File.WriteAllTextAsync(file, "mine", Cancellation);
        var exception = await Should.ThrowAsync<DatabaseUnavailableException>(() => postgres.EnsureRunningAsync(Cancellation));
        exception.Message.ShouldContain("not a PostgreSQL cluster");
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        using (var postgres = Create(_folder.Path))
        {
            await postgres.EnsureRunningAsync(Cancellation);
            await postgres.StopAsync();
            await File.AppendAllTextAsync(Path.Combine(postgres.Folder, "postgresql.conf"), "no_such_setting = 1\n", Cancellation);
        }

        using var broken = Create(_folder.Path);
        var exception = await Should.ThrowAsync<DatabaseUnavailableException>(() => broken.EnsureRunningAsync(Cancellation));
        exception.Message.ShouldContain("errors");
    }

    public void Dispose() => _folder.Dispose();

    private static PrivatePostgres Create(string folder) => new(DataFolder.At(folder), TimeProvider.System, NullLogger<PrivatePostgres>.Instance);

    private static async Task<int> PidAsync(PrivatePostgres postgres) =>
        int.Parse((await File.ReadAllLinesAsync(Path.Combine(postgres.Folder, "postmaster.pid"), Cancellation))[0]);

    private static async Task<object?> AskAsync(PrivatePostgres postgres, string sql)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    /// <summary>Calls off at the first wait: the program has been started then.</summary>
    private sealed class CancellingTime(CancellationTokenSource calledOff) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            calledOff.Cancel();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
