using System.Text;

namespace McpConsole.FakeServer;

/// <summary>One JSON-RPC message per line, until the end of input.</summary>
internal static class StdioEndpoint
{
    public static async Task RunAsync(Stream stdout, Answers answers)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (await input.ReadLineAsync() is { } line)
        {
            if (answers.Speaks && answers.To(Encoding.UTF8.GetBytes(line)) is { } answer)
            {
                await stdout.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"));
            }
        }

        if (!answers.Speaks)
        {
            // The kind that hangs does not notice the end of input either.
            await new TaskCompletionSource().Task;
        }
    }
}
