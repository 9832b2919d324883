using System.Net.Sockets;
using McpConsole.Infrastructure.Servers;
using Microsoft.Extensions.Options;

namespace McpConsole.Web.Hosting;

internal static class ConsoleRun
{
    /// <summary>Runs until it is stopped. What keeps it from starting is one line for a person, not a stack trace; returns the exit code.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> make)
    {
        try
        {
            await using var app = make();
            if (!app.Services.GetRequiredService<DataFolderLock>().TryTake().TryGet(out _, out var error))
            {
                return Refuse(error.Message);
            }

            return await RunAsync(app);
        }
        catch (Exception e) when (Reason(e) is { } why)
        {
            return Refuse(why);
        }
    }

    private static async Task<int> RunAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
        catch (Exception e)
        {
            var asked = e is OperationCanceledException && app.Lifetime.ApplicationStopping.IsCancellationRequested;
            // The web server starts last: the database and the servers run by then, and must not be left behind.
            await app.StopAsync();
            if (!asked)
            {
                throw;
            }
        }

        return 0;
    }

    /// <summary>What a person can mend: a wrong setting, a file that cannot be read, an address that cannot be listened on. Null for a bug.</summary>
    internal static string? Reason(Exception exception) => exception switch
    {
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        InvalidDataException { InnerException: FormatException cause } => $"{exception.Message} {cause.Message}",
        InvalidDataException or IOException or UnauthorizedAccessException or FormatException or SocketException => exception.Message,
        _ => null,
    };

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"McpConsole cannot start: {why}");
        return 1;
    }
}
