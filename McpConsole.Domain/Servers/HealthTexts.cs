namespace McpConsole.Domain.Servers;

/// <summary>The English summary and suggested action of each cause. The pages translate by the cause's name.</summary>
public static class HealthTexts
{
    public static string Summary(HealthCause cause) => cause switch
    {
        HealthCause.NotRunning => "Not running",
        HealthCause.Starting => "Started, has not answered yet",
        HealthCause.Answering => "Answers MCP",
        HealthCause.NoTools => "Answers, but offers no tools",
        HealthCause.Slow => "Answers slowly",
        HealthCause.ConnectionRefused => "Nothing listens on its port",
        HealthCause.NoAnswer => "Does not answer in time",
        HealthCause.NotMcp => "What answers does not speak MCP",
        HealthCause.Unauthorized => "Refuses the console's credentials",
        HealthCause.ProtocolError => "Answers with an error",
        HealthCause.Exited => "The process ended",
        HealthCause.LaunchFailed => "The program could not be started",
        HealthCause.PortTaken => "Its port is taken by another program",
        HealthCause.BudgetSpent => "Failed to start too often",
        HealthCause.MemoryLimit => "Used more memory than allowed",
        HealthCause.Unreachable => "Cannot be reached",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    /// <summary>What to do about it; empty where nothing needs doing.</summary>
    public static string Action(HealthCause cause) => cause switch
    {
        HealthCause.NotRunning => "Start it.",
        HealthCause.Starting or HealthCause.Answering => "",
        HealthCause.NoTools => "Check which operations are picked, or the server's own settings.",
        HealthCause.Slow => "Look at its CPU and memory, and at the API behind it.",
        HealthCause.ConnectionRefused => "Read its log; check that it listens on the port it was given.",
        HealthCause.NoAnswer => "Read its log, then restart it.",
        HealthCause.NotMcp => "Check the transport, the port and the path of its endpoint.",
        HealthCause.Unauthorized => "Set the header or token that it asks for.",
        HealthCause.ProtocolError => "Read its log.",
        HealthCause.Exited => "Read the last lines of its log.",
        HealthCause.LaunchFailed => "Check the command, the working directory and the permissions.",
        HealthCause.PortTaken => "Choose another port, or stop the program that holds it.",
        HealthCause.BudgetSpent => "Read its log, mend the cause, then start it.",
        HealthCause.MemoryLimit => "Raise its memory limit or find the leak.",
        HealthCause.Unreachable => "Check the URL and the network.",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };
}
