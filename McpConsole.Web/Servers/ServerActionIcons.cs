namespace McpConsole.Web.Servers;

internal static class ServerActionIcons
{
    public static string Of(ServerAction action) => action switch
    {
        ServerAction.Start => "play",
        ServerAction.Stop => "stop",
        _ => "restart",
    };
}
