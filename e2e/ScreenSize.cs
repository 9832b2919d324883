namespace McpConsole.E2E;

/// <summary>The two widths that the pages are made for.</summary>
public sealed record ScreenSize(int Width, int Height)
{
    public static ScreenSize Desktop { get; } = new(1440, 900);

    public static ScreenSize Phone { get; } = new(390, 844);
}
