using System.Collections.Immutable;
using Bunit;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Results;
using McpConsole.Web.Components.Pages;
using McpConsole.Web.Settings;
using NSubstitute;
using NSubstitute.Extensions;
using Radzen.Blazor;

namespace McpConsole.Tests.Components;

public sealed class AdministrationPagesTests() : PageTest(Role.Administrator)
{
    private static readonly JobStatus s_job = new("health-sweep", TimeSpan.FromSeconds(30), false, false, null, DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(80), JobOutcome.Failed, "1 unhealthy");

    [Fact]
    public void A_job_shows_its_last_run_and_runs_now()
    {
        Answer<IJobBoard, ImmutableArray<JobStatus>>([s_job]);
        Answer<IJobBoard, Done>(default);
        var page = Render<JobsPage>();
        page.Find("tbody tr").TextContent.ShouldSatisfyAllConditions(
            t => t.ShouldContain("Health sweep"), t => t.ShouldContain("every 30 s"), t => t.ShouldContain("80 ms"), t => t.ShouldContain("Failed"), t => t.ShouldContain("1 unhealthy"));
        page.Find("[aria-label='Run now: Health sweep']").Click();
        var call = ArgumentsOf<IJobBoard>(nameof(IJobBoard.RunNowAsync));
        (call[0], ((Actor)call[1]!).Name).ShouldBe(("health-sweep", "ada"));
    }

    [Fact]
    public void A_scheduler_that_is_away_is_told()
    {
        Refuse<IJobBoard, ImmutableArray<JobStatus>>(new Error("jobs.unavailable", ErrorKind.Unavailable, "The job scheduler is not available."));
        Render<JobsPage>().Find(".note-error").TextContent.ShouldContain("not available");
    }

    [Fact]
    public void Nobody_changes_or_deletes_themselves()
    {
        Answer<IAccounts, ImmutableArray<UserInfo>>([User("ada", Role.Administrator), User("bob", Role.Viewer)]);
        Answer<IApiTokens, ImmutableArray<ApiTokenInfo>>([]);
        var page = Render<UsersPage>();
        page.Find("[aria-label='Role of ada']").HasAttribute("disabled").ShouldBeTrue();
        page.FindAll("[aria-label='Delete ada']").ShouldBeEmpty();
        page.Find("[aria-label='Role of bob']").HasAttribute("disabled").ShouldBeFalse();
    }

    [Fact]
    public void A_role_is_changed_by_id()
    {
        var bob = User("bob", Role.Viewer);
        Answer<IAccounts, ImmutableArray<UserInfo>>([bob]);
        Answer<IApiTokens, ImmutableArray<ApiTokenInfo>>([]);
        Answer<IAccounts, UserInfo>(bob);
        Render<UsersPage>().Find("[aria-label='Role of bob']").Change("Developer");
        ArgumentsOf<IAccounts>(nameof(IAccounts.SetRoleAsync))[..2].ShouldBe([bob.Id, Role.Developer]);
    }

    [Fact]
    public void A_new_token_is_shown_once()
    {
        Answer<IAccounts, ImmutableArray<UserInfo>>([]);
        Answer<IApiTokens, ImmutableArray<ApiTokenInfo>>([]);
        var info = new ApiTokenInfo(Guid.NewGuid(), "ci", "mcpc_abcd", Role.Viewer, "ada", DateTimeOffset.UnixEpoch, null, null);
        Answer<IApiTokens, NewApiToken>(new(info, "mcpc_the-whole-token"));
        var dialogs = Render<RadzenDialog>();
        var page = Render<UsersPage>();
        page.FindAll(".card-head .btn")[1].Click();
        dialogs.WaitForElement("#field-name").Change("ci");
        dialogs.Find("form").Submit();
        dialogs.WaitForAssertion(() => dialogs.Markup.ShouldContain("mcpc_the-whole-token"));
        page.Markup.ShouldNotContain("mcpc_the-whole-token");
    }

    [Fact]
    public void The_audit_log_shows_who_did_what_and_pages()
    {
        var entry = new AuditEntry(DateTimeOffset.UnixEpoch, "bob", "10.0.0.7", "server.stop", "weather", "server.forbidden");
        Port<IAuditLog>().ReturnsForAll(Task.FromResult(new AuditPage([entry], 120)));
        var page = Render<AuditLogPage>();
        page.Find("tbody tr").TextContent.ShouldSatisfyAllConditions(
            t => t.ShouldContain("bob"), t => t.ShouldContain("10.0.0.7"), t => t.ShouldContain("server.stop"), t => t.ShouldContain("server.forbidden"));
        page.FindAll(".pager button")[1].Click();
        CallsOf<IAuditLog>(nameof(IAuditLog.ReadAsync)).Select(call => ((AuditQuery)call[0]!).Page).ShouldBe([1, 2]);
    }

    [Fact]
    public void Only_changed_settings_are_saved_and_fixed_ones_cannot_be()
    {
        var free = new Setting("LOG_MAX_FILES", "logs", SettingKind.Number, "10", "Files kept.");
        var variable = new Setting("MCP_DEFAULT_PORT", "servers", SettingKind.Number, "3322", "First port.");
        Port<ISettings>().All.Returns([new(free, "10", SettingSource.Default), new(variable, "4000", SettingSource.Environment)]);
        Refuse<ISettings, ImmutableArray<SettingValue>>(new Error("settings.range", ErrorKind.Invalid, "Too many.") { Field = "LOG_MAX_FILES" });
        var page = Render<SettingsPage>();
        page.Find("#field-MCP_DEFAULT_PORT").HasAttribute("disabled").ShouldBeTrue();
        page.Find("#field-LOG_MAX_FILES").Change("999999");
        page.Find("form").Submit();
        ArgumentsOf<ISettings>(nameof(ISettings.SaveAsync))[0].ShouldBeAssignableTo<IReadOnlyDictionary<string, string?>>()!
            .ShouldBe(new Dictionary<string, string?> { ["LOG_MAX_FILES"] = "999999" });
        page.Find("#field-LOG_MAX_FILES-error").TextContent.ShouldContain("Too many.");
    }

    [Fact]
    public void An_administrator_pauses_a_job()
    {
        Answer<IJobBoard, ImmutableArray<JobStatus>>([s_job]);
        Answer<IJobBoard, Done>(default);
        Render<JobsPage>().Find("[aria-label='Pause Health sweep']").Click();
        ArgumentsOf<IJobBoard>(nameof(IJobBoard.PauseAsync))[0].ShouldBe("health-sweep");
    }

    private static UserInfo User(string name, Role role) => new(Guid.NewGuid(), name, role, false, DateTimeOffset.UnixEpoch, null, null);
}

public sealed class AdministrationPagesAsDeveloperTests : PageTest
{
    [Fact]
    public void A_developer_runs_a_job_and_does_not_pause_it()
    {
        var job = new JobStatus("health-sweep", TimeSpan.FromSeconds(30), false, false, null, null, null, null, null);
        Answer<IJobBoard, ImmutableArray<JobStatus>>([job]);
        Render<JobsPage>().FindAll("td.row-actions button").ShouldHaveSingleItem().GetAttribute("aria-label").ShouldBe("Run now: Health sweep");
    }
}
