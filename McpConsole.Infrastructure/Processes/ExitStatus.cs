using System.Globalization;

namespace McpConsole.Infrastructure.Processes;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code; null for a signal, and for a process that is no child of the console: only a parent is told.</param>
/// <param name="Signal">The number of the signal that ended it.</param>
internal readonly record struct ExitStatus(int? Code, int? Signal, DateTimeOffset At)
{
    // HUP, INT, QUIT, KILL, TERM: what people, tools and the kernel's memory killer send. A crash is SEGV, ABRT, BUS, FPE, ILL.
    public bool KilledFromOutside => Signal is 1 or 2 or 3 or 9 or 15;

    public string? SignalName => Signal switch
    {
        null => null,
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        10 => "SIGUSR1",
        11 => "SIGSEGV",
        12 => "SIGUSR2",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        var other => string.Create(CultureInfo.InvariantCulture, $"signal {other}"),
    };

    public override string ToString() =>
        SignalName is { } signal ? $"was ended by {signal}"
        : Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"exited with code {code}")
        : "ended";
}
