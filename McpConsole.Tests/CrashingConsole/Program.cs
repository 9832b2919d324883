using System.Globalization;
using McpConsole.Domain.Accounts;
using McpConsole.Tests.Servers.Supervised;

// A console for the tests to kill: in the folder given it starts as many HTTP and stdio servers as asked for, says so, and waits.
using var world = new ConsoleWorld(args[0]);
await using var console = await world.StartAsync();
var drafts = Enumerable.Range(0, int.Parse(args[1], CultureInfo.InvariantCulture)).Select(_ => FakeProgram.Draft())
    .Concat(Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture)).Select(_ => FakeProgram.Stdio("--spawn-grandchild", "setsid")));
await Task.WhenAll(drafts.Select(async draft =>
{
    var server = await console.CreateAsync(draft);
    _ = (await console.Commands.StartAsync(server.Id, Actor.Console, wait: true, CancellationToken.None)).Value;
}));
Console.WriteLine("ready");
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
