using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>
/// A modern client's request before a legacy child: the child's result gets what a modern one needs, and what the child asks the client
/// meanwhile ends the client's request for the time being; its repetition takes the call up again.
/// </summary>
internal sealed class ModernCall(RpcMessage request, IReply reply) : IReply
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _answered = NewSignal();
    private RpcMessage _request = request;
    private IReply _reply = reply;

    /// <summary>Completes when the client's present request is answered.</summary>
    public Task Answered
    {
        get
        {
            lock (_lock)
            {
                return _answered.Task;
            }
        }
    }

    public bool Supports(string method) =>
        _request.ClientCapabilities.Exists && ClientCapability.Has(method, JsonElement.Parse(_request[_request.ClientCapabilities].Span));

    /// <summary>Only a client that asked for log messages gets them.</summary>
    public void Send(ReadOnlySpan<byte> message)
    {
        if (_request.LogLevel.Exists || message.IndexOf("\"notifications/message\""u8) < 0)
        {
            _reply.Send(message);
        }
    }

    public void Complete(PooledBuffer response, int errorCode = 0)
    {
        using (response)
        {
            var message = RpcMessage.Parse(response.Memory);
            var id = _request[_request.Id].Span;
            Finish(message.Error.Exists ? RpcFrames.Rewrite(message, id) : Result(id, message), errorCode);
        }
    }

    public void Abandon()
    {
        if (TryFinish(out var reply))
        {
            reply.Abandon();
        }
    }

    public void ReleaseConnection(TimeSpan retry) => _reply.ReleaseConnection(retry);

    /// <summary>Ends the client's request with the child's question; <paramref name="state"/> brings the answer back here.</summary>
    public void Ask(RpcMessage question, string state)
    {
        var output = new PooledBuffer();
        RpcFrames.BeginResult(output, _request[_request.Id].Span);
        using (var writer = RpcFrames.Writer(output))
        {
            writer.WriteStartObject();
            writer.WriteString("resultType"u8, "input_required"u8);
            writer.WriteStartObject("inputRequests"u8);
            writer.WriteStartObject("ask"u8);
            writer.WriteString("method"u8, question.Method);
            writer.WritePropertyName("params"u8);
            writer.WriteRawValue(question.Params.Exists ? question[question.Params].Span : "{}"u8, skipInputValidation: true);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteString("requestState"u8, state);
            writer.WriteEndObject();
        }

        RpcFrames.End(output);
        Finish(output, 0);
    }

    /// <summary>Goes on with the client's repeated request.</summary>
    public void Resume(RpcMessage request, IReply reply)
    {
        lock (_lock)
        {
            (_request, _reply, _answered) = (request, reply, NewSignal());
        }
    }

    private void Finish(PooledBuffer response, int errorCode)
    {
        if (TryFinish(out var reply))
        {
            reply.Complete(response, errorCode);
        }
        else
        {
            response.Dispose();
        }
    }

    /// <summary>False while no request of the client is open: it was asked something and has not come back.</summary>
    private bool TryFinish(out IReply reply)
    {
        lock (_lock)
        {
            reply = _reply;
            return _answered.TrySetResult();
        }
    }

    /// <summary>A legacy result says neither its type nor how long it may be kept. A child that knows the modern era has said both.</summary>
    private PooledBuffer Result(ReadOnlySpan<byte> id, RpcMessage response)
    {
        var result = response[response.Result].Span;
        var output = new PooledBuffer();
        RpcFrames.BeginResult(output, id);
        if (result[0] != (byte)'{' || JsonElement.Parse(result).TryGetProperty("resultType"u8, out _))
        {
            output.Write(result);
        }
        else
        {
            output.Write("{\"resultType\":\"complete\""u8);
            if (_request.Method is not (RpcMethods.ToolsCall or RpcMethods.PromptsGet or RpcMethods.Complete))
            {
                output.Write(",\"ttlMs\":0,\"cacheScope\":\"private\""u8);
            }

            var members = result[1..].TrimStart(" \t\r\n"u8);
            output.Write(members[0] == (byte)'}' ? [] : ","u8);
            output.Write(members);
        }

        RpcFrames.End(output);
        return output;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
