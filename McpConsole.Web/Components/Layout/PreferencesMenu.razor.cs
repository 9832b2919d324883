using System.Globalization;

namespace McpConsole.Web.Components.Layout;

/// <summary>
/// Language and theme. Both belong to the browser, so the script sets them: the language in ASP.NET Core's culture cookie followed by a
/// reload, the theme in local storage. It works without a circuit, on the sign-in page too.
/// </summary>
public sealed partial class PreferencesMenu
{
    private static string Pressed(CultureInfo culture) => CultureInfo.CurrentUICulture.Name == culture.Name ? "true" : "false";
}
