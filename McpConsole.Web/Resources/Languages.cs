using System.Collections.Immutable;
using System.Globalization;

namespace McpConsole.Web.Resources;

/// <summary>The languages that the pages speak; the first is the default.</summary>
internal static class Languages
{
    public static ImmutableArray<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("zh-Hans")];
}
