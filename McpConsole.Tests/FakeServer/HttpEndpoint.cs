using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpConsole.FakeServer;

/// <summary>HTTP/1.1 by hand: a web framework would take longer to start than many a test.</summary>
internal static class HttpEndpoint
{
    private static readonly byte[] s_headEnd = "\r\n\r\n"u8.ToArray();

    public static async Task RunAsync(int port, Answers answers)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Console.WriteLine($"listening on {((IPEndPoint)listener.LocalEndpoint).Port}");
        while (true)
        {
            _ = ServeAsync(await listener.AcceptTcpClientAsync(), answers);
        }
    }

    private static async Task ServeAsync(TcpClient client, Answers answers)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                while (await ReadRequestAsync(stream) is { } request)
                {
                    if (!answers.Speaks)
                    {
                        await new TaskCompletionSource().Task;
                    }

                    await stream.WriteAsync(Encoding.UTF8.GetBytes(Respond(request.Method, request.Body, answers)));
                }
            }
        }
        catch (IOException)
        {
            // The client went away.
        }
    }

    private static string Respond(string method, byte[] body, Answers answers) => method switch
    {
        "POST" => answers.To(body) is { } answer ? Response("200 OK", answer) : Response("202 Accepted", ""),
        "GET" => Response("405 Method Not Allowed", ""),
        _ => Response("200 OK", ""),
    };

    private static string Response(string status, string body) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private static async Task<(string Method, byte[] Body)?> ReadRequestAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        int head;
        while ((head = buffer.AsSpan(0, length).IndexOf(s_headEnd)) < 0)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(length));
            if (count == 0)
            {
                return null;
            }

            length += count;
        }

        var lines = Encoding.ASCII.GetString(buffer, 0, head).Split("\r\n");
        var size = lines.Where(l => l.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l[15..], CultureInfo.InvariantCulture)).FirstOrDefault();
        var body = new byte[size];
        var start = head + s_headEnd.Length;
        var have = Math.Min(size, length - start);
        Array.Copy(buffer, start, body, 0, have);
        await stream.ReadExactlyAsync(body.AsMemory(have));
        return (lines[0].Split(' ')[0], body);
    }
}
