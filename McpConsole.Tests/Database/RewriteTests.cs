using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Audit;
using McpConsole.Infrastructure.Database;
using McpConsole.Infrastructure.Processes;
using McpConsole.Infrastructure.Servers;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Tests.Database;

/// <summary>A console killed between the database's commit and its own note of it writes the same entries again at its next start.</summary>
[Trait("Kind", "Integration")]
public sealed class RewriteTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset s_time = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ServerId _server = new(Guid.NewGuid());

    [Fact]
    public async Task Events_written_again_are_not_doubled()
    {
        ServerEvent Event(long sequence) => new(sequence, s_time, _server, "name", ServerEventKind.Exited, "gone", []);
        await WriteAsync(ServerEventLog.WriteAsync, EventRow.From(Event(1)), EventRow.From(Event(2)));
        await WriteAsync(ServerEventLog.WriteAsync, EventRow.From(Event(2)), EventRow.From(Event(3)));
        (await CountAsync(context => context.Events.Where(row => row.ServerId == _server.Value))).ShouldBe(3);
    }

    [Fact]
    public async Task Audit_entries_written_again_are_not_doubled_and_equal_ones_are_two()
    {
        var (one, equal) = (AuditRow.From(new(s_time, "rewrite", null, "a", "t")), AuditRow.From(new(s_time, "rewrite", null, "a", "t")));
        await WriteAsync(AuditLog.WriteAsync, one, equal);
        await WriteAsync(AuditLog.WriteAsync, Again(one), Again(equal));
        (await CountAsync(context => context.Audit.Where(row => row.Actor == "rewrite"))).ShouldBe(2);
    }

    [Fact]
    public async Task The_last_state_of_a_run_counts_in_one_batch_and_over_several()
    {
        var run = new RunRecord(_server, new(Guid.NewGuid(), 10, 20, s_time, 3322), "mcpc serve", null);
        RunRecord Ended(int code) => run with { Exit = new(s_time.AddMinutes(1), ExitReason.Exited, code, null, ["last words\0"]) };
        await WriteAsync(RunStore.WriteAsync, RunRow.From(run), RunRow.From(Ended(1)));
        await WriteAsync(RunStore.WriteAsync, RunRow.From(run), RunRow.From(Ended(2)));
        var stored = (await fixture.Console.Get<IRunStore>().ReadAsync(_server, 10, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (stored.Run, stored.CommandLine, stored.Exit!.Code, stored.Exit.Reason).ShouldBe((run.Run, "mcpc serve", 2, ExitReason.Exited));
        stored.Exit.StderrTail.ShouldBe(["last words\uFFFD"]);
    }

    // As the journal gives it back: without the number that the database gave.
    private static AuditRow Again(AuditRow row) => new()
    {
        EntryId = row.EntryId, Time = row.Time, Actor = row.Actor, Action = row.Action, Target = row.Target, Outcome = row.Outcome,
    };

    private Task WriteAsync<T>(WriteBatch<T> write, params T[] rows) => fixture.Console.Database.RunAsync(
        async (context, token) =>
        {
            await write(context, rows, token);
            return true;
        },
        TestContext.Current.CancellationToken);

    private Task<int> CountAsync<T>(Func<ConsoleDbContext, IQueryable<T>> rows) =>
        fixture.Console.Database.RunAsync((context, token) => rows(context).CountAsync(token), TestContext.Current.CancellationToken);
}
