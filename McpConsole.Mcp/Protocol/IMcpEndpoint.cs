namespace McpConsole.Mcp.Protocol;

/// <summary>What answers behind a transport: a server of our own, or a bridged child. Thread-safe.</summary>
internal interface IMcpEndpoint
{
    /// <summary>Begins the conversation with one legacy client; the first message is <c>initialize</c>.</summary>
    /// <param name="client">Takes what belongs to no request of the client: change notifications, log messages.</param>
    IConversation Open(IOutlet client);

    /// <summary>Answers a modern request, which stands by itself. Its transport has checked headers and version.</summary>
    /// <param name="cancellationToken">The client went away, which cancels the request.</param>
    void Handle(RpcMessage request, IReply reply, CancellationToken cancellationToken);
}

/// <summary>One legacy client's conversation. Disposing it ends what is under way.</summary>
internal interface IConversation : IAsyncDisposable
{
    /// <summary>The revision agreed on; null before <c>initialize</c> is answered.</summary>
    string? ProtocolVersion { get; }

    /// <summary>Answers a request, now or later, through <paramref name="reply"/>. Never throws for what the request holds.</summary>
    void Handle(RpcMessage request, IReply reply);

    /// <summary>Takes a notification, or a response to a request that was sent to the client.</summary>
    void Accept(RpcMessage message);
}

/// <summary>Takes messages to a client that answer no request of it. Never waits. Thread-safe.</summary>
internal interface IOutlet
{
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Ends the conversation from the server's side.</summary>
    void End();
}
