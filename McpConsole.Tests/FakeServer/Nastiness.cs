using System.Diagnostics;
using System.Text;

namespace McpConsole.FakeServer;

/// <summary>What no child should do, and some do.</summary>
internal static class Nastiness
{
    public static void Start(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments));
    }

    public static void StartGrandchild(string? kind)
    {
        switch (kind)
        {
            case "plain":
                Start("sleep", ["600"]);
                break;
            case "setsid":
                Start("setsid", ["sleep", "600"]);
                break;
            case "reparented":
                Start("setsid", ["sh", "-c", "sleep 600 & exit"]);
                break;
        }
    }

    public static void Print(Switches switches, string[] args, Stream stdout)
    {
        if (switches.Stderr is { } line)
        {
            Console.Error.WriteLine(line);
        }

        if (switches.PrintArgs)
        {
            Write(stdout, $"args: {string.Join('|', args)}\n");
        }

        if (switches.PrintEnv is { } name)
        {
            Write(stdout, $"{name}={Environment.GetEnvironmentVariable(name)}\n");
        }

        for (var i = 0; i < switches.Spam; i++)
        {
            Write(stdout, $"line {i} {new string('x', 90)}\n");
        }

        if (switches.NoNewline > 0)
        {
            stdout.Write(Encoding.ASCII.GetBytes(new string('y', switches.NoNewline)));
        }
    }

    public static byte[] Hold(int mebibytes)
    {
        var memory = new byte[mebibytes << 20];
        for (var i = 0; i < memory.Length; i += 4096)
        {
            memory[i] = 1;
        }

        return memory;
    }

    private static void Write(Stream stdout, string text) => stdout.Write(Encoding.UTF8.GetBytes(text));
}
