using System.Globalization;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Localization;

namespace McpConsole.Web.Resources;

/// <summary>The words of the domain in the reader's language.</summary>
internal static class TextExtensions
{
    public static string Summary(this IStringLocalizer<Texts> texts, HealthCause cause) => texts[$"Health.{cause}.Summary"];

    /// <summary>What to do about it; empty where nothing needs doing.</summary>
    public static string Action(this IStringLocalizer<Texts> texts, HealthCause cause) =>
        HealthTexts.Action(cause).Length == 0 ? "" : texts[$"Health.{cause}.Action"];

    public static string Of<TEnum>(this IStringLocalizer<Texts> texts, TEnum value)
        where TEnum : struct, Enum => texts[$"{typeof(TEnum).Name}.{value}"];

    /// <summary>A text that begins with how many there are: the one of <paramref name="name"/><c>.One</c> where there is one thing.</summary>
    public static string Counted(this IStringLocalizer<Texts> texts, string name, int count, params object[] more) =>
        texts[count == 1 ? name + ".One" : name, [count, .. more]];

    /// <summary>An event in the reader's language; in English, the text that it was written with.</summary>
    public static string Of(this IStringLocalizer<Texts> texts, ServerEvent value)
    {
        var text = texts[$"Event.{value.Kind}.{value.Arguments.Length}"];
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" || text.ResourceNotFound ? value.Message : Fill(text.Value, value.Arguments) ?? value.Message;
    }

    /// <summary>An error in the reader's language: by its code where there is a translation, else in English.</summary>
    public static string Of(this IStringLocalizer<ErrorTexts> texts, Error error)
    {
        var text = texts[error.Code];
        return text.ResourceNotFound ? error.Message : Fill(text.Value, error.Arguments) ?? error.Message;
    }

    // A translation that names more places than there are arguments must not take the page down.
    private static string? Fill(string format, IEnumerable<object?> arguments)
    {
        try
        {
            return string.Format(CultureInfo.CurrentCulture, format, [.. arguments]);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
