using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Web.Settings;
using Microsoft.Extensions.Configuration;
using NSubstitute;

namespace McpConsole.Tests.Settings;

public sealed class ConsoleSettingsTests : IDisposable
{
    private static readonly Actor s_admin = new("ann", Role.Administrator, "127.0.0.1");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpconsole-settings-");
    private readonly IAuditLog _audit = Substitute.For<IAuditLog>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.FullName, "settings.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_saved_value_is_in_force_and_kept()
    {
        var (settings, configuration) = Open();

        var saved = await SaveAsync(settings, "LOG_LEVEL", "Debug");

        Value(saved.Value, "LOG_LEVEL").ShouldBe(("Debug", SettingSource.Settings));
        configuration["LOG_LEVEL"].ShouldBe("Debug");
        Value(Open().Settings.All, "LOG_LEVEL").ShouldBe(("Debug", SettingSource.Settings));
        _audit.Received().Append(Arg.Is<AuditEntry>(e => e.Action == "settings.save" && e.Actor == "ann" && e.Before!.Contains("Information") && e.After!.Contains("Debug")));
    }

    [Fact]
    public async Task Null_goes_back_to_the_source_below()
    {
        var (settings, _) = Open();
        await SaveAsync(settings, "PROCESS_MAX_RETRIES", "5");

        var saved = await SaveAsync(settings, "PROCESS_MAX_RETRIES", null);

        Value(saved.Value, "PROCESS_MAX_RETRIES").ShouldBe(("10", SettingSource.Default));
    }

    [Fact]
    public async Task What_the_environment_fixes_cannot_be_changed()
    {
        Environment.SetEnvironmentVariable("MCP_DEFAULT_PORT", "4000");
        try
        {
            var (settings, _) = Open();

            Value(settings.All, "MCP_DEFAULT_PORT").ShouldBe(("4000", SettingSource.Environment));
            (await SaveAsync(settings, "MCP_DEFAULT_PORT", "5000")).Error!.Code.ShouldBe("settings.fixed");
        }
        finally
        {
            Environment.SetEnvironmentVariable("MCP_DEFAULT_PORT", null);
        }
    }

    [Theory]
    [InlineData("PROCESS_MAX_RETRIES", "many")]
    [InlineData("PROCESS_MAX_RETRIES", "-1")]
    [InlineData("MCP_DEFAULT_PORT", "65536")]
    [InlineData("MCP_DEFAULT_TRANSPORT", "carrier pigeon")]
    [InlineData("LOG_MAX_SIZE", "10x")]
    [InlineData("LOG_MAX_SIZE", "1")]
    [InlineData("LOG_MAX_SIZE", "")]
    [InlineData("MCPCONSOLE_URLS", "somewhere")]
    [InlineData("MCPCONSOLE_URLS", "")]
    [InlineData("MCPCONSOLE_ALLOWED_HOSTS", "a\nb")]
    public async Task A_value_that_would_keep_the_console_from_starting_is_refused(string key, string value)
    {
        var (settings, _) = Open();

        var saved = await settings.SaveAsync(new Dictionary<string, string?> { [key] = value, ["LOG_LEVEL"] = "Debug" }, s_admin, Cancelled);

        saved.Errors.ShouldHaveSingleItem().Field.ShouldBe(key);
        File.Exists(Path).ShouldBeFalse();
    }

    [Theory]
    [InlineData("LOG_MAX_SIZE", "64K")]
    [InlineData("LOG_MAX_SIZE", "1048576")]
    [InlineData("MCPCONSOLE_URLS", "http://0.0.0.0:80;https://*:443")]
    [InlineData("MCP_DEFAULT_TRANSPORT", "SSE")]
    public async Task A_value_that_fits_is_taken(string key, string value) => (await SaveAsync(Open().Settings, key, value)).IsOk.ShouldBeTrue();

    [Theory]
    [InlineData("NO_SUCH_THING", "settings.unknown")]
    [InlineData("MCPCONSOLE_DATA", "settings.fixed")]
    public async Task What_is_no_setting_of_the_page_is_refused(string key, string code) =>
        (await SaveAsync(Open().Settings, key, "x")).Error!.Code.ShouldBe(code);

    [Fact]
    public async Task Only_administrators_change_settings()
    {
        var saved = await Open().Settings.SaveAsync(
            new Dictionary<string, string?> { ["LOG_LEVEL"] = "Debug" }, s_admin with { Role = Role.Developer }, Cancelled);

        saved.Error!.Kind.ShouldBe(ErrorKind.Forbidden);
    }

    [Fact]
    public async Task A_change_that_needs_a_restart_is_shown_as_pending()
    {
        var (settings, _) = Open();
        await SaveAsync(settings, "LOG_MAX_FILES", "3");

        settings.All.Single(s => s.Setting.Key == "LOG_MAX_FILES").PendingRestart.ShouldBeTrue();
        Open().Settings.All.Single(s => s.Setting.Key == "LOG_MAX_FILES").PendingRestart.ShouldBeFalse();
    }

    [Fact]
    public async Task A_secret_is_never_shown_and_its_mask_keeps_it()
    {
        var (settings, configuration) = Open();
        await SaveAsync(settings, "ConnectionStrings:Console", "Host=db;Password=s3cret");

        var again = await SaveAsync(settings, "ConnectionStrings:Console", Secret.Mask);

        Value(again.Value, "ConnectionStrings:Console").Value.ShouldBe(Secret.Mask);
        configuration.GetConnectionString("Console").ShouldBe("Host=db;Password=s3cret");
        _audit.DidNotReceive().Append(Arg.Is<AuditEntry>(e => (e.Before + e.After).Contains("s3cret")));
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_broken_file_is_named()
    {
        File.WriteAllText(Path, "{ not json");

        Should.Throw<InvalidDataException>(() => Open()).Message.ShouldContain(Path);
    }

    private (ConsoleSettings Settings, IConfigurationRoot Configuration) Open()
    {
        var file = new SettingsFile(Path);
        var configuration = new ConfigurationBuilder().Add(file).AddEnvironmentVariables().Build();
        return (new ConsoleSettings(configuration, file, _audit, TimeProvider.System), configuration);
    }

    private static Task<Result<System.Collections.Immutable.ImmutableArray<SettingValue>>> SaveAsync(ISettings settings, string key, string? value) =>
        settings.SaveAsync(new Dictionary<string, string?> { [key] = value }, s_admin, Cancelled);

    private static (string Value, SettingSource Source) Value(IEnumerable<SettingValue> all, string key)
    {
        var found = all.Single(s => s.Setting.Key == key);
        return (found.Value, found.Source);
    }
}
