using System.Globalization;

namespace McpConsole.FakeServer;

/// <summary>How nasty this child shall be.</summary>
internal sealed record Switches
{
    /// <summary>HTTP on this port; standard input and output where there is none.</summary>
    public int? Port { get; init; }

    /// <summary>Milliseconds until it ends by itself; 0 is at once.</summary>
    public int? ExitAfter { get; init; }

    public int ExitCode { get; init; }

    public bool IgnoreSigterm { get; init; }

    /// <summary>plain, setsid or reparented: a child that outlives it unless someone cares.</summary>
    public string? Grandchild { get; init; }

    /// <summary>Lines to print at once.</summary>
    public int Spam { get; init; }

    /// <summary>Bytes to print without a newline.</summary>
    public int NoNewline { get; init; }

    /// <summary>Accepts, and says nothing.</summary>
    public bool NeverAnswer { get; init; }

    /// <summary>Starts a copy in another session and ends, as daemons do.</summary>
    public bool ForkAway { get; init; }

    public bool PrintArgs { get; init; }

    /// <summary>A variable to print with its value.</summary>
    public string? PrintEnv { get; init; }

    /// <summary>A line for standard error.</summary>
    public string? Stderr { get; init; }

    /// <summary>Mebibytes to touch and keep.</summary>
    public int HoldMemory { get; init; }

    /// <summary>Answers the first so many requests, then none.</summary>
    public int? AnswerOnly { get; init; }

    public static Switches Parse(string[] args)
    {
        var result = new Switches();
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => args[++i];
            int Number() => int.Parse(Value(), CultureInfo.InvariantCulture);
            result = args[i] switch
            {
                "--port" => result with { Port = Number() },
                "--exit-after" => result with { ExitAfter = Number() },
                "--exit-code" => result with { ExitCode = Number() },
                "--ignore-sigterm" => result with { IgnoreSigterm = true },
                "--spawn-grandchild" => result with { Grandchild = Value() },
                "--spam" => result with { Spam = Number() },
                "--no-newline" => result with { NoNewline = Number() },
                "--never-answer" => result with { NeverAnswer = true },
                "--fork-away" => result with { ForkAway = true },
                "--print-args" => result with { PrintArgs = true },
                "--print-env" => result with { PrintEnv = Value() },
                "--stderr" => result with { Stderr = Value() },
                "--hold-memory" => result with { HoldMemory = Number() },
                "--answer-only" => result with { AnswerOnly = Number() },
                _ => result,
            };
        }

        return result;
    }
}
