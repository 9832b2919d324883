namespace McpConsole.Web.Components.Controls;

/// <summary>The spans of time that the charts offer, in minutes.</summary>
internal static class ResourceSpans
{
    public const int Default = 60;

    public static IReadOnlyList<int> All { get; } = [15, Default, 360, 1440, 10080];
}
