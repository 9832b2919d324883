using System.Text.Json;

namespace McpConsole.Tests.Endpoints;

public sealed class OpenApiDocumentTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Fact]
    public async Task Every_route_of_the_API_is_described()
    {
        var document = await ReadAsync();

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));
        var mapped = RouteTable.Rows.Select(row => row.Route.Replace(":guid", "", StringComparison.Ordinal))
            .Where(route => (route.Contains(" /api/", StringComparison.Ordinal) && !route.EndsWith("/antiforgery", StringComparison.Ordinal)) || route == "GET /info");
        described.Order().ShouldBe(mapped.Order());
    }

    [Fact]
    public async Task Every_operation_has_an_id_a_summary_and_its_route_parameters()
    {
        var document = await ReadAsync();
        var ids = new HashSet<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                ids.Add(operation.Value.GetProperty("operationId").GetString()!).ShouldBeTrue();
                operation.Value.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace();
                var named = path.Name.Split('{').Skip(1).Select(part => part.Split('}')[0]);
                var parameters = operation.Value.TryGetProperty("parameters", out var list)
                    ? list.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()!)
                    : [];
                parameters.Order().ShouldBe(named.Order(), $"{operation.Name} {path.Name}");
            }
        }
    }

    [Fact]
    public async Task Calls_are_signed_with_a_bearer_token()
    {
        var document = await ReadAsync();

        document.GetProperty("security")[0].TryGetProperty("bearer", out _).ShouldBeTrue();
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString().ShouldBe("bearer");
    }

    [Fact]
    public async Task Words_are_listed()
    {
        var document = await ReadAsync();

        document.GetProperty("components").GetProperty("schemas").GetProperty("Lifecycle").GetProperty("enum").EnumerateArray()
            .Select(word => word.GetString()).ShouldBe(["stopped", "starting", "running", "stopping", "backingOff", "failed"]);
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var client = host.As(ConsoleHost.Viewer);
        return JsonElement.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
    }
}
