namespace McpConsole.Web.Settings;

/// <summary>What a setting's value is made of.</summary>
public enum SettingKind
{
    Text,
    Number,
    Choice,

    /// <summary>Bytes, with an optional k, m or g (powers of 1024): <c>10m</c>.</summary>
    Size,

    /// <summary>One or more http(s) addresses to listen on, parted by semicolons.</summary>
    Urls,

    /// <summary>Never shown; <c>Secret.Mask</c> stands for a value that is set.</summary>
    Secret,
}
