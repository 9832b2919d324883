using System.Net;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpConsole.Tests.Endpoints;

/// <summary>Who may use which route: over every route that the console maps.</summary>
public sealed class RouteTableTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    private static readonly string[] s_openPages = ["/account/sign-in", "/setup", "/not-found", "/error"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Routes => [.. RouteTable.Rows.Select(row => row.Route)];

    public static TheoryData<string> WithBody => [.. RouteTable.Rows.Where(row => row.Body is not null).Select(row => row.Route)];

    public static TheoryData<string> OfServers => [.. RouteTable.Rows.Where(row => row.NamesServer).Select(row => row.Route)];

    [Fact]
    public void Every_route_has_a_row()
    {
        var mapped = host.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => IsOurs(endpoint.RoutePattern.RawText!))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"));

        mapped.Distinct().Order().ShouldBe(RouteTable.Rows.Select(row => row.Route).Order());
    }

    [Fact]
    public void Every_page_asks_for_a_sign_in_but_those_that_give_one()
    {
        var open = host.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'));

        open.Distinct().ShouldBeSubsetOf(s_openPages);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Without_a_token_there_is_no_answer(string route)
    {
        using var client = host.As(null);
        using var answer = await client.SendAsync(RouteTable.Find(route).Request(), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_wrong_token_is_no_token(string route)
    {
        using var client = host.As("mcpc_nonsense");
        using var answer = await client.SendAsync(RouteTable.Find(route).Request(), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_role_may_do_what_its_row_says(string route)
    {
        var row = RouteTable.Find(route);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = host.As(role.ToString());
            using var answer = await client.SendAsync(row.Request(), HttpCompletionOption.ResponseHeadersRead, Cancelled);

            (answer.StatusCode == HttpStatusCode.Forbidden).ShouldBe(role < row.Least, $"{role} got {answer.StatusCode}");
            answer.StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError);
        }
    }

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task A_body_that_is_not_JSON_is_refused_with_problem_details(string route)
    {
        using var client = host.As(ConsoleHost.Administrator);
        using var answer = await client.SendAsync(RouteTable.Find(route).Request(body: "{\"name\": nonsense"), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldBeProblemAsync(answer, "request.unreadable");
    }

    [Theory]
    [MemberData(nameof(OfServers))]
    public async Task An_unknown_server_is_not_found(string route)
    {
        using var client = host.As(ConsoleHost.Administrator);
        using var answer = await client.SendAsync(RouteTable.Find(route).Request("nobody"), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await ShouldBeProblemAsync(answer, "server.not_found");
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/nothing/at/all")]
    public async Task What_does_not_exist_is_not_told_from_what_is_forbidden(string path)
    {
        using var client = host.As(null);
        using var answer = await client.GetAsync(path, Cancelled);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Redirect);
    }

    private static async Task ShouldBeProblemAsync(HttpResponseMessage answer, string code)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe((int)answer.StatusCode);
        problem.RootElement.GetProperty("code").GetString().ShouldBe(code);
        problem.RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    private static bool IsOurs(string pattern) =>
        pattern.TrimStart('/').Split('/')[0] is "api" or "health" or "metrics" or "info" or "openapi" or "hubs";
}
