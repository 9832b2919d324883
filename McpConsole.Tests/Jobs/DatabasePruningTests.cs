using McpConsole.Infrastructure.Audit;
using McpConsole.Infrastructure.Database;
using McpConsole.Infrastructure.Jobs;
using McpConsole.Infrastructure.Servers;
using McpConsole.Tests.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NSubstitute;
using Quartz;

namespace McpConsole.Tests.Jobs;

[Trait("Kind", "Integration")]
public sealed class DatabasePruningTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_events_and_audit_entries_go_and_younger_ones_stay()
    {
        var now = fixture.Time.GetUtcNow();
        await fixture.Console.Database.RunAsync(
            (context, token) =>
            {
                context.Events.AddRange(Event(1, now.AddDays(-91)), Event(2, now.AddDays(-89)));
                context.Audit.AddRange(Entry(now.AddDays(-366)), Entry(now.AddDays(-364)));
                return context.SaveChangesAsync(token);
            },
            Cancellation);
        var job = new DatabasePruning(fixture.Console.Database, Options.Create(new DatabaseOptions()), fixture.Time);
        var execution = Substitute.For<IJobExecutionContext>();
        await job.Execute(execution, Cancellation);
        ((JobRunReport)execution.Result!).Summary.ShouldBe("2 rows deleted");
        var left = await fixture.Console.Database.RunAsync(
            async (context, token) => (await context.Events.Select(row => row.Sequence).ToListAsync(token), await context.Audit.CountAsync(token)),
            Cancellation);
        left.Item1.ShouldBe([2]);
        left.Item2.ShouldBe(1);
    }

    private static EventRow Event(long sequence, DateTimeOffset time) =>
        new() { Sequence = sequence, ServerId = Guid.NewGuid(), Time = time, ServerName = "s", Message = "m", Arguments = [] };

    private static AuditRow Entry(DateTimeOffset time) => AuditRow.From(new(time, "a", null, "test.action", "t"));
}
