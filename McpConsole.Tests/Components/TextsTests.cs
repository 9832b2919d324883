using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Jobs;
using McpConsole.Web.Resources;
using McpConsole.Web.Servers;
using McpConsole.Web.Settings;

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
        Type[] enums =
        [
            typeof(Lifecycle), typeof(HealthLevel), typeof(Role), typeof(ServerEventKind), typeof(ExitReason), typeof(RestartPolicy), typeof(McpTransport), typeof(StdioSharing),
            typeof(LineLevel), typeof(LogStream), typeof(JobOutcome), typeof(LaunchKind), typeof(SettingSource),
        ];
        var expected = enums.SelectMany(type => Enum.GetNames(type).Select(name => $"{type.Name}.{name}"))
            .Concat(Enum.GetNames<HealthCause>().Select(cause => $"Health.{cause}.Summary"))
            .Concat(Enum.GetValues<HealthCause>().Where(cause => HealthTexts.Action(cause).Length > 0).Select(cause => $"Health.{cause}.Action"))
            .Concat(SettingCatalog.All.SelectMany(setting => new[] { $"Setting.{setting.Key}", $"Setting.{setting.Key}.Text", $"Settings.Group.{setting.Group}" }))
            .Concat(JobPlan.All(new JobOptions()).SelectMany(job => new[] { $"Job.{job.Name}", $"Job.{job.Name}.Text" }));
        expected.Except(Keys(CultureInfo.InvariantCulture)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_event_has_a_text() => Enum.GetNames<ServerEventKind>()
        .Where(kind => !Keys(CultureInfo.InvariantCulture).Any(key => key.StartsWith($"Event.{kind}.", StringComparison.Ordinal)))
        .ShouldBeEmpty();

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
