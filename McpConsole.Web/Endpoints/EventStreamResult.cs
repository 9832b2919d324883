using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using McpConsole.Web.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace McpConsole.Web.Endpoints;

/// <summary>
/// Server-sent events (WHATWG HTML, 9.2), a batch per write. A comment now and then keeps proxies from closing a quiet stream; at the same
/// time the caller's standing is checked again. Ends with the client, the session, or the console.
/// </summary>
internal sealed class EventStreamResult(IAsyncEnumerable<IReadOnlyList<StreamEvent>> batches) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/event-stream"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-cache, no-store";
        using var writing = new SemaphoreSlim(1);
        var watch = Task.CompletedTask;
        try
        {
            // At once: the client learns that it is connected before anything happens.
            await httpContext.Response.Body.FlushAsync(ended.Token);
            watch = WatchAsync(httpContext, writing, ended);
            await PumpAsync(httpContext, writing, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client left, its standing is gone, or the console stops: the usual end of a stream.
        }
        finally
        {
            await ended.CancelAsync();
            await watch;
        }
    }

    private async Task PumpAsync(HttpContext context, SemaphoreSlim writing, CancellationToken ended)
    {
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await foreach (var batch in batches.WithCancellation(ended))
        {
            await writing.WaitAsync(ended);
            foreach (var item in batch)
            {
                Write(context.Response.BodyWriter, item, json);
            }

            await context.Response.BodyWriter.FlushAsync(ended);
            writing.Release();
        }
    }

    private static async Task WatchAsync(HttpContext context, SemaphoreSlim writing, CancellationTokenSource ended)
    {
        var standing = context.RequestServices.GetRequiredService<Standing>();
        using var timer = new PeriodicTimer(Standing.Interval, context.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token) && await standing.HoldsAsync(context, ended.Token))
            {
                await writing.WaitAsync(ended.Token);
                context.Response.BodyWriter.Write(":\n\n"u8);
                await context.Response.BodyWriter.FlushAsync(ended.Token);
                writing.Release();
            }

            await ended.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stream ended first.
        }
    }

    private static void Write(IBufferWriter<byte> writer, StreamEvent item, JsonSerializerOptions json)
    {
        if (item.Id is { } id)
        {
            Encoding.UTF8.GetBytes($"id: {id}\n", writer);
        }

        if (item.Name is { } name)
        {
            Encoding.UTF8.GetBytes($"event: {name}\n", writer);
        }

        writer.Write("data: "u8);
        using (var data = new Utf8JsonWriter(writer))
        {
            JsonSerializer.Serialize(data, item.Data, item.Data.GetType(), json);
        }

        writer.Write("\n\n"u8);
    }
}
