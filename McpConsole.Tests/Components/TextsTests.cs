using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Web.Resources;

namespace McpConsole.Tests.Components;

public sealed partial class TextsTests
{
    private static readonly ResourceManager s_texts = new(typeof(Texts));
    private static readonly CultureInfo s_chinese = CultureInfo.GetCultureInfo("zh-Hans");

    [Fact]
    public void Both_languages_have_the_same_keys() => Keys(s_chinese).ShouldBe(Keys(CultureInfo.InvariantCulture), ignoreOrder: true);

    [Fact]
    public void A_translation_has_the_places_of_its_original()
    {
        foreach (var key in Keys(CultureInfo.InvariantCulture))
        {
            Places(s_texts.GetString(key, s_chinese)!).ShouldBe(Places(s_texts.GetString(key, CultureInfo.InvariantCulture)!), key);
        }
    }

    [Fact]
    public void Every_word_of_the_domain_has_a_text()
    {
        var expected = Enum.GetNames<HealthCause>().Select(cause => $"Health.{cause}.Summary")
            .Concat(Enum.GetValues<HealthCause>().Where(cause => HealthTexts.Action(cause).Length > 0).Select(cause => $"Health.{cause}.Action"))
            .Concat(Enum.GetNames<Lifecycle>().Select(state => $"Lifecycle.{state}"))
            .Concat(Enum.GetNames<HealthLevel>().Select(level => $"HealthLevel.{level}"))
            .Concat(Enum.GetNames<Role>().Select(role => $"Role.{role}"));
        expected.Except(Keys(CultureInfo.InvariantCulture)).ShouldBeEmpty();
    }

    [Fact]
    public void English_health_texts_are_those_of_the_domain()
    {
        foreach (var cause in Enum.GetValues<HealthCause>())
        {
            s_texts.GetString($"Health.{cause}.Summary", CultureInfo.InvariantCulture).ShouldBe(HealthTexts.Summary(cause));
            (s_texts.GetString($"Health.{cause}.Action", CultureInfo.InvariantCulture) ?? "").ShouldBe(HealthTexts.Action(cause));
        }
    }

    private static string[] Keys(CultureInfo culture) =>
        [.. s_texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key).Order()];

    private static string[] Places(string text) => [.. Place().Matches(text).Select(m => m.Value).Distinct().Order()];

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
