using System.Runtime.InteropServices;
using McpConsole.FakeServer;

var switches = Switches.Parse(args);
using var ignored = switches.IgnoreSigterm ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true) : null;
if (switches.ForkAway)
{
    Nastiness.Start("setsid", [Environment.ProcessPath!, .. args.Where(a => a != "--fork-away")]);
    return 0;
}

Nastiness.StartGrandchild(switches.Grandchild);
using var stdout = Console.OpenStandardOutput();
Nastiness.Print(switches, args, stdout);
if (switches.ExitAfter is { } life)
{
    if (life == 0)
    {
        return switches.ExitCode;
    }

    _ = new Timer(_ => Environment.Exit(switches.ExitCode), null, life, Timeout.Infinite);
}

var memory = Nastiness.Hold(switches.HoldMemory);
var answers = new Answers(switches);
await (switches.Port is { } port ? HttpEndpoint.RunAsync(port, answers) : StdioEndpoint.RunAsync(stdout, answers));
GC.KeepAlive(memory);
return switches.ExitCode;
