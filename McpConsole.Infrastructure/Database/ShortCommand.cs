using System.Diagnostics;

namespace McpConsole.Infrastructure.Database;

/// <summary>Runs a program that ends by itself, such as <c>initdb</c>, and takes what it prints.</summary>
internal static class ShortCommand
{
    /// <exception cref="DatabaseUnavailableException">It could not be started, or ended with an exit code other than 0.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> argv, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(argv) };
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        Start(process);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more: it must not go on behind the console's back.
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new DatabaseUnavailableException($"«{string.Join(' ', argv)}» failed: {(await errors).Trim()}");
    }

    /// <summary>In the root directory: PostgreSQL's programs return to where they were started, which their user may not be able to enter.</summary>
    public static ProcessStartInfo Describe(IReadOnlyList<string> argv) => new(argv[0], argv.Skip(1))
    {
        WorkingDirectory = "/",
        // Messages that are shown and compared are English.
        Environment = { ["LC_ALL"] = "C" },
    };

    public static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DatabaseUnavailableException($"«{process.StartInfo.FileName}» cannot be started: {e.Message}. Install it and try again.", e);
        }
    }
}
