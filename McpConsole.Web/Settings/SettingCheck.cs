using System.Globalization;
using McpConsole.Domain.Results;

namespace McpConsole.Web.Settings;

/// <summary>Checks a value before it is saved: a wrong one would keep the console from starting again.</summary>
internal static class SettingCheck
{
    /// <summary>Null when the value can be used.</summary>
    public static Error? Fault(Setting setting, string value) => setting.Kind switch
    {
        SettingKind.Number when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number < setting.Minimum || number > setting.Maximum =>
            Wrong(setting, "{0} is a whole number from {1} to {2}.", setting.Key, setting.Minimum, setting.Maximum),
        SettingKind.Choice when !setting.Choices.Contains(value, StringComparer.OrdinalIgnoreCase) =>
            Wrong(setting, "{0} is one of {1}.", setting.Key, string.Join(", ", setting.Choices)),
        SettingKind.Size when Bytes(value) is not { } bytes || bytes < setting.Minimum || bytes > setting.Maximum =>
            Wrong(setting, "{0} is a number of bytes, or one with k, m or g, from {1} to {2} bytes.", setting.Key, setting.Minimum, setting.Maximum),
        SettingKind.Urls when !AreUrls(value) =>
            Wrong(setting, "{0} is one or more http or https addresses, parted by semicolons.", setting.Key),
        _ when value.Length > 4096 || value.Any(char.IsControl) => Wrong(setting, "{0} is one line of at most 4096 characters.", setting.Key),
        _ => null,
    };

    private static Error Wrong(Setting setting, string format, params IReadOnlyList<object?> arguments) =>
        new Error("settings.invalid", ErrorKind.Invalid, format, arguments).At(setting.Key);

    private static long? Bytes(string text)
    {
        var shift = text is [] ? 0 : char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        return int.TryParse(shift == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (long)number << shift : null;
    }

    private static bool AreUrls(string text)
    {
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return urls.Length > 0 && Array.TrueForAll(urls, IsUrl);
    }

    private static bool IsUrl(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", IsUnixPipe: false, PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
