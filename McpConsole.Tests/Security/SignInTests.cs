using System.Net;
using System.Text.RegularExpressions;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Database;
using McpConsole.Tests.Endpoints;
using NSubstitute;

namespace McpConsole.Tests.Security;

public sealed partial class SignInTests : IDisposable
{
    private static readonly SignedIn s_ann = new(Guid.NewGuid(), "ann", Role.Developer, "stamp-1");

    private readonly ConsoleHost _host = new();

    public SignInTests()
    {
        _host.SignIn.SignInAsync("ann", "correct horse battery", Arg.Any<string?>(), Arg.Any<CancellationToken>()).Returns(s_ann);
        _host.SignIn.SignInAsync("ann", Arg.Is<string>(p => p != "correct horse battery"), Arg.Any<string?>(), Arg.Any<CancellationToken>())
            .Returns(new Error("accounts.sign_in_refused", ErrorKind.Invalid, "No."));
        _host.SignIn.ValidateAsync(s_ann.UserId, s_ann.Stamp, Arg.Any<CancellationToken>()).Returns(s_ann);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_right_password_opens_the_console()
    {
        using var client = _host.As(null);
        using var answer = await SignInAsync(client, "correct horse battery", "/servers?state=running");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/servers?state=running");
        (await client.GetAsync("/api/me", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using var client = _host.As(null);
        using var answer = await SignInAsync(client, "correct horse battery");

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("mcpconsole=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task A_wrong_password_leads_back_to_the_form_without_the_password()
    {
        using var client = _host.As(null);
        using var answer = await SignInAsync(client, "wrong horse battery", "/jobs");

        answer.Headers.Location!.ToString().ShouldBe("/account/sign-in?error=accounts.sign_in_refused&returnUrl=%2Fjobs&userName=ann");
        (await client.GetAsync("/api/me", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task A_sign_in_leads_to_no_other_site(string returnUrl)
    {
        using var client = _host.As(null);
        using var answer = await SignInAsync(client, "correct horse battery", returnUrl);

        answer.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var client = _host.As(null);
        using var form = new FormUrlEncodedContent(Fields("correct horse battery", "/"));
        using var answer = await client.PostAsync("/account/sign-in", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await _host.SignIn.DidNotReceiveWithAnyArgs().SignInAsync(default!, default!, default, Cancelled);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_over_all_names()
    {
        using var client = _host.As(null);
        var token = await FormTokenAsync(client);
        var answers = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            using var form = new FormUrlEncodedContent(Fields($"guess {i}", "/", token));
            using var answer = await client.PostAsync("/account/sign-in", form, Cancelled);
            answers.Add(answer.Headers.Location!.ToString());
        }

        answers[0].ShouldContain("accounts.sign_in_refused");
        answers[^1].ShouldBe("/account/sign-in?error=accounts.too_many_attempts");
        _host.SignIn.ReceivedCalls().Count().ShouldBeLessThan(40);
    }

    [Fact]
    public async Task A_session_ends_when_its_stamp_is_old()
    {
        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");
        _host.SignIn.ValidateAsync(s_ann.UserId, s_ann.Stamp, Arg.Any<CancellationToken>()).Returns((SignedIn?)null);

        (await client.GetAsync("/api/me", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_call_on_the_cookie_needs_the_antiforgery_token()
    {
        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");

        using var without = await client.PostAsync("/api/servers/pets/stop", null, Cancelled);
        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await without.Content.ReadAsStringAsync(Cancelled)).ShouldContain("antiforgery.missing");

        using var page = await client.GetAsync("/api/antiforgery", Cancelled);
        var token = page.Headers.GetValues("Set-Cookie").Select(c => XsrfCookie().Match(c)).Single(m => m.Success).Groups["token"].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/servers/pets/stop") { Headers = { { "X-XSRF-TOKEN", Uri.UnescapeDataString(token) } } };
        using var with = await client.SendAsync(request, Cancelled);
        with.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_the_browser()
    {
        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");
        using var page = await client.GetAsync("/api/antiforgery", Cancelled);
        var token = page.Headers.GetValues("Set-Cookie").Select(c => XsrfCookie().Match(c)).Single(m => m.Success).Groups["token"].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-out") { Headers = { { "X-XSRF-TOKEN", Uri.UnescapeDataString(token) } } };
        using var answer = await client.SendAsync(request, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetAsync("/api/me", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Changing_ones_own_password_keeps_this_session()
    {
        var later = s_ann with { Stamp = "stamp-2" };
        _host.Accounts.ChangeOwnPasswordAsync("correct horse battery", "a better long password", Arg.Is<Actor>(a => a.UserId == s_ann.UserId), Arg.Any<CancellationToken>())
            .Returns(_ =>
            {
                _host.SignIn.SignInAsync("ann", "a better long password", Arg.Any<string?>(), Arg.Any<CancellationToken>()).Returns(later);
                _host.SignIn.ValidateAsync(default, default!, Cancelled).ReturnsForAnyArgs(call => call.Arg<string>() == later.Stamp ? later : null);
                return new Done();
            });

        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");
        using var answer = await ChangePasswordAsync(client, "correct horse battery", "a better long password");

        answer.Headers.Location!.ToString().ShouldBe("/account/password?changed=true");
        (await client.GetAsync("/api/me", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("a better long password", "accounts.current_password_refused")]
    [InlineData("a bitter long password", "accounts.passwords_differ")]
    public async Task A_password_that_is_not_changed_leads_back_to_the_form_with_the_reason(string confirmation, string code)
    {
        _host.Accounts.ChangeOwnPasswordAsync(default!, default!, default!, Cancelled)
            .ReturnsForAnyArgs(new Error("accounts.current_password_refused", ErrorKind.Forbidden, "No."));

        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");
        using var answer = await ChangePasswordAsync(client, "wrong horse battery", "a better long password", confirmation);

        answer.Headers.Location!.ToString().ShouldBe("/account/password?error=" + code);
        (await client.GetStringAsync(answer.Headers.Location, Cancelled)).ShouldContain("note-error");
    }

    [Fact]
    public async Task A_password_is_not_changed_without_the_forms_token()
    {
        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");
        using var form = new FormUrlEncodedContent([new("current", "correct horse battery")]);
        using var answer = await client.PostAsync("/account/password", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await _host.Accounts.DidNotReceiveWithAnyArgs().ChangeOwnPasswordAsync(default!, default!, default!, Cancelled);
    }

    [Fact]
    public async Task A_page_leads_to_the_form_and_back()
    {
        using var client = _host.As(null);
        using var answer = await client.GetAsync("/api/docs/index.html", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldBe("/account/sign-in?returnUrl=%2Fapi%2Fdocs%2Findex.html");
    }

    [Theory]
    [InlineData("/settings", HttpStatusCode.Forbidden)]
    [InlineData("/servers", HttpStatusCode.OK)]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    public async Task A_person_gets_a_page_whatever_the_status(string path, HttpStatusCode status)
    {
        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await client.GetAsync(path, Cancelled);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("<!DOCTYPE html>");
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_as_such()
    {
        _host.Tokens.VerifyAsync(default!, default, Cancelled).ReturnsForAnyArgs(Task.FromException<Actor?>(new DatabaseUnavailableException("gone")));

        using var client = _host.As(ConsoleHost.Viewer);
        using var answer = await client.GetAsync("/api/servers", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("database.unavailable");
    }

    [Fact]
    public async Task Open_sessions_stay_open_while_the_database_is_away()
    {
        using var client = _host.As(null);
        using var signedIn = await SignInAsync(client, "correct horse battery");
        _host.SignIn.ValidateAsync(default, default!, Cancelled).ReturnsForAnyArgs(Task.FromException<SignedIn?>(new DatabaseUnavailableException("gone")));

        (await client.GetStringAsync("/api/me", Cancelled)).ShouldContain("developer");
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/health")]
    [InlineData("/nothing")]
    public async Task Every_answer_tells_the_browser_what_not_to_do(string path)
    {
        using var client = _host.As(null);
        using var answer = await client.GetAsync(path, Cancelled);

        answer.Headers.GetValues("Content-Security-Policy").ShouldContain(policy => policy.StartsWith("default-src 'self'; script-src 'self' 'nonce-", StringComparison.Ordinal));
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string password, string returnUrl = "/")
    {
        using var form = new FormUrlEncodedContent(Fields(password, returnUrl, await FormTokenAsync(client)));
        return await client.PostAsync("/account/sign-in", form, Cancelled);
    }

    private static async Task<HttpResponseMessage> ChangePasswordAsync(HttpClient client, string current, string password, string? confirmation = null)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("current", current),
            new("password", password),
            new("confirmation", confirmation ?? password),
            new("__RequestVerificationToken", await FormTokenAsync(client, "/account/password")),
        ]);
        return await client.PostAsync("/account/password", form, Cancelled);
    }

    private static async Task<string> FormTokenAsync(HttpClient client, string page = "/account/sign-in") =>
        FormToken().Match(await client.GetStringAsync(page, Cancelled)).Groups["token"].Value;

    private static Dictionary<string, string> Fields(string password, string returnUrl, string token = "") => new()
    {
        ["userName"] = "ann",
        ["password"] = password,
        ["returnUrl"] = returnUrl,
        ["__RequestVerificationToken"] = token,
    };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();

    [GeneratedRegex("^XSRF-TOKEN=(?<token>[^;]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex XsrfCookie();
}
