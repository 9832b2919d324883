namespace McpConsole.Runner;

/// <summary>Something outside the command line's form is wrong; the message is the one line that the user gets.</summary>
internal sealed class RunnerException(string message) : Exception(message);
