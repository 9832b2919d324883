using System.Collections.Frozen;

namespace McpConsole.Web.Components.Controls;

/// <summary>The console's icons: strokes on a grid of 24 by 24.</summary>
internal static class Icons
{
    private static readonly FrozenDictionary<string, string> s_paths = new Dictionary<string, string>
    {
        ["server"] = "M4 5h16v6H4zM4 13h16v6H4zM8 8h.01M8 16h.01",
        ["activity"] = "M3 12h4l3-8 4 16 3-8h4",
        ["logs"] = "M5 4h14v16H5zM8 8h8M8 12h8M8 16h5",
        ["bell"] = "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
        ["terminal"] = "M4 5h16v14H4zM7 9l3 3-3 3M12 15h5",
        ["code"] = "M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16",
        ["clock"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
        ["users"] = "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21a7 7 0 0 1 14 0M16 3.5a4 4 0 0 1 0 7M18 14.5a7 7 0 0 1 4 6.5",
        ["shield"] = "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 12l2 2 4-4",
        ["settings"] = "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
        ["play"] = "M7 5l12 7-12 7z",
        ["stop"] = "M6 6h12v12H6z",
        ["restart"] = "M20 11a8 8 0 1 0-2.3 5.7M20 5v6h-6",
        ["plus"] = "M12 5v14M5 12h14",
        ["import"] = "M12 3v12M7 10l5 5 5-5M4 20h16",
        ["link"] = "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
        ["plug"] = "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
        ["copy"] = "M9 9h11v11H9zM5 15H4V4h11v1",
        ["check"] = "M4 12l5 5L20 6",
        ["close"] = "M6 6l12 12M18 6L6 18",
        ["search"] = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
        ["menu"] = "M4 6h16M4 12h16M4 18h16",
        ["edit"] = "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
        ["trash"] = "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
        ["pause"] = "M8 5v14M16 5v14",
        ["download"] = "M12 3v12M7 10l5 5 5-5M4 20h16",
        ["warning"] = "M12 4L2.5 20h19zM12 10v5M12 17.5h.01",
        ["info"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01",
        ["error"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6",
        ["lock"] = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
        ["key"] = "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8-8M16 7l3 3M14 9l2 2",
        ["user"] = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
        ["sun"] = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M5 19l1.5-1.5M17.5 6.5L19 5",
        ["moon"] = "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
        ["auto"] = "M4 5h16v11H4zM9 20h6M12 16v4",
        ["globe"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
        ["cards"] = "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
        ["table"] = "M4 5h16v14H4zM4 10h16M4 15h16M10 5v14",
        ["tool"] = "M14 7a4 4 0 0 1 5-3l-2.5 2.5L18 8l2.5-2.5a4 4 0 0 1-5.5 5L7 19a2 2 0 0 1-3-3l8-8",
        ["document"] = "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
        ["external"] = "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
        ["chevron"] = "M9 5l7 7-7 7",
        ["up"] = "M5 15l7-7 7 7",
        ["down"] = "M5 9l7 7 7-7",
        ["wrap"] = "M4 6h16M4 12h13a3 3 0 0 1 0 6h-5M14 15l-3 3 3 3M4 18h3",
        ["signout"] = "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
        ["filter"] = "M4 5h16l-6 8v6l-4-2v-4z",
        ["heart"] = "M12 20S4 15 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11z",
        ["dot"] = "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    }.ToFrozenDictionary();

    public static IEnumerable<string> Names => s_paths.Keys;

    public static string Path(string name) => s_paths[name];
}
