using McpConsole.Domain.Audit;
using McpConsole.Tests.Database;

namespace McpConsole.Tests.Audit;

[Trait("Kind", "Integration")]
public sealed class AuditLogTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset s_day = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IAuditLog Log => fixture.Console.Get<IAuditLog>();

    [Fact]
    public async Task Entries_come_newest_first_in_pages_with_their_number()
    {
        await AppendAsync([.. Enumerable.Range(0, 25).Select(i => Entry("paged", $"target-{i}", s_day.AddMinutes(i)))]);
        var page = await Log.ReadAsync(new("paged", Page: 2, Size: 10), Cancellation);
        page.Total.ShouldBe(25);
        page.Items.Select(e => e.Target).ShouldBe(Enumerable.Range(0, 25).Reverse().Skip(10).Take(10).Select(i => $"target-{i}"));
        page.Items.ShouldAllBe(e => e.Id > 0);
        (await Log.ReadAsync(new("paged", Page: int.MaxValue, Size: 10), Cancellation)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_entry_comes_back_as_it_was()
    {
        var entry = new AuditEntry(s_day, "alice", "10.0.0.1", "server.update", "round-trip", "server.invalid", """{"a":1}""", """{"a":"•"}""");
        await AppendAsync(entry);
        var stored = (await Log.ReadAsync(new("round-trip"), Cancellation)).Items.ShouldHaveSingleItem();
        stored.ShouldBe(entry with { Id = stored.Id });
    }

    [Theory]
    [InlineData("FILTERED-ALICE", 1)]
    [InlineData("filtered", 2)]
    [InlineData("filtered.delete", 1)]
    [InlineData("192.0.2.7", 1)]
    [InlineData("filtered_alice", 0)]
    [InlineData("filtered%", 0)]
    public async Task Text_is_matched_in_actor_action_target_and_address_as_it_stands(string text, int count)
    {
        if ((await Log.ReadAsync(new("filtered"), Cancellation)).Total == 0)
        {
            await AppendAsync(
                Entry("filtered-alice", "one", s_day) with { Address = "192.0.2.7" },
                Entry("bob", "filtered-two", s_day) with { Action = "filtered.delete" });
        }

        (await Log.ReadAsync(new(text), Cancellation)).Total.ShouldBe(count);
    }

    [Fact]
    public async Task Times_bound_what_is_read()
    {
        await AppendAsync([.. Enumerable.Range(0, 10).Select(i => Entry("timed", $"{i}", s_day.AddHours(i)))]);
        var page = await Log.ReadAsync(new("timed", s_day.AddHours(2), s_day.AddHours(4)), Cancellation);
        page.Items.Select(e => e.Target).ShouldBe(["4", "3", "2"]);
    }

    private static AuditEntry Entry(string actor, string target, DateTimeOffset time) => new(time, actor, null, "test.action", target);

    private async Task AppendAsync(params IReadOnlyCollection<AuditEntry> entries)
    {
        foreach (var entry in entries)
        {
            Log.Append(entry);
        }

        await Eventually.BeTrueAsync(() => fixture.Console.Database.Pending == 0);
    }
}
