using McpConsole.Infrastructure.Servers;
using Microsoft.Extensions.Options;

namespace McpConsole.Web.Hosting;

internal static class ConsoleRun
{
    /// <summary>Runs until it is stopped. What keeps it from starting is one line for a person, not a stack trace; returns the exit code.</summary>
    public static async Task<int> RunConsoleAsync(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<DataFolderLock>().TryTake().TryGet(out _, out var error))
        {
            return Refuse(error.Message);
        }

        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException e)
        {
            return Refuse(string.Join(Environment.NewLine, e.Failures));
        }
        // An address that cannot be listened on.
        catch (IOException e)
        {
            return Refuse(e.Message);
        }
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"McpConsole cannot start: {why}");
        return 1;
    }
}
