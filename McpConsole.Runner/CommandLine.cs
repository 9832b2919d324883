using System.Reflection;

namespace McpConsole.Runner;

/// <summary>Picks the command. Written by hand: a command-line library costs a fifth of the time that the server has to start.</summary>
internal static class CommandLine
{
    private const int Ok = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        switch (args)
        {
            case [] or ["--help" or "-h" or "help", ..] or [_, "--help" or "-h"]:
                await Console.Out.WriteLineAsync(Usage.Text);
                return args.Length == 0 ? WrongUsage : Ok;
            case ["--version"]:
                await Console.Out.WriteLineAsync($"mcpc {Version}");
                return Ok;
        }

        try
        {
            var options = args[0] is "serve" or "inspect"
                ? RunnerOptions.Parse(args.AsSpan(1))
                : throw new UsageException($"Unknown command: {args[0]}");
            return args[0] == "serve"
                ? await ServeCommand.RunAsync(options, cancellationToken) ? Ok : Failed
                : await InspectCommand.RunAsync(options, cancellationToken) ? Ok : Failed;
        }
        catch (UsageException fault)
        {
            await Console.Error.WriteLineAsync($"mcpc: {fault.Message}\n\n{Usage.Text}");
            return WrongUsage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Ok;
        }
    }
}
