using System.Buffers;
using McpConsole.Mcp.Protocol;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Mcp.Transports;

/// <summary>Reads messages from requests and writes them to responses.</summary>
internal static class HttpBody
{
    /// <summary>Null when the request was refused; its response is set then.</summary>
    /// <exception cref="McpException">The body is not a message.</exception>
    public static async ValueTask<RpcMessage?> ReadMessageAsync(HttpContext context, int limit)
    {
        // A page elsewhere can post plain text and forms without asking first, but not JSON.
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return null;
        }

        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                body.AdvanceTo(read.Buffer.End);
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                context.Response.Headers.Connection = "close";
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return RpcMessage.Parse(bytes);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static async Task WriteReplyAsync(HttpContext context, HttpReply reply)
    {
        if (reply.Stream is { } stream)
        {
            await WriteStreamAsync(context, stream, 0);
            return;
        }

        using var body = reply.Body!;
        await WriteJsonAsync(context, body.Memory);
    }

    /// <param name="first">Written before the events.</param>
    public static async Task WriteStreamAsync(HttpContext context, EventLog stream, long after, ReadOnlyMemory<byte> first = default)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-transform";

        // Asks proxies (nginx) to pass each event on at once.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await context.Response.StartAsync(context.RequestAborted);
            context.Response.BodyWriter.Write(first.Span);
            await stream.PumpAsync(context.Response.BodyWriter, after, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; it may come back for the rest.
        }
    }

    public static async Task WriteErrorAsync(HttpContext context, int status, ReadOnlyMemory<byte> id, McpException fault)
    {
        context.Response.StatusCode = status;
        using var body = RpcFrames.Error(id.Span, fault.Code, fault.Message, fault.Details.Span);
        await WriteJsonAsync(context, body.Memory);
    }

    public static async Task WriteJsonAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.BodyWriter.WriteAsync(json);
    }
}
