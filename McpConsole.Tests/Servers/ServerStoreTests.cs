using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpConsole.Domain.Servers;
using McpConsole.Tests.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Tests.Servers;

[Trait("Kind", "Integration")]
public sealed class ServerStoreTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly JsonSerializerOptions s_revealing = new() { Converters = { new RevealingConverter() } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IServerStore Store => fixture.Console.Get<IServerStore>();

    public static TheoryData<LaunchSpec> Launches =>
    [
        new OpenApiLaunch
        {
            Document = "https://api.example/openapi.json",
            BaseUrl = "https://api.example/v2",
            AuthToken = new("bearer-plaintext"),
            Headers = Secrets(("X-Key", "header-plaintext")),
            Operations = new(["tag:pets"], ["DELETE *"]),
            Watch = true,
        },
        new CommandLaunch { Argv = ["npx", "-y", "some server"], WorkingDirectory = "/srv", Sharing = StdioSharing.PerSession },
        new RemoteLaunch { Url = "https://mcp.example/mcp", Headers = Secrets(("Authorization", "remote-plaintext")) },
    ];

    [Theory]
    [MemberData(nameof(Launches))]
    public async Task A_definition_comes_back_as_it_was(LaunchSpec launch)
    {
        var definition = Definition(launch);
        await Store.SaveAsync(definition, Cancellation);
        await Store.SaveDesiredAsync(definition.Id, shallRun: true, port: 3344, Cancellation);
        var stored = await FindAsync(definition.Id);
        stored.ShouldNotBeNull();
        (stored.ShallRun, stored.PickedPort).ShouldBe((true, 3344));
        Describe(stored.Definition).ShouldBe(Describe(definition));
        stored.Definition.Environment["TOKEN"].Reveal().ShouldBe("environment-plaintext");
    }

    [Fact]
    public async Task Secrets_are_encrypted_in_the_database()
    {
        var definition = Definition((LaunchSpec)Launches.First().Data);
        await Store.SaveAsync(definition, Cancellation);
        var raw = await fixture.Console.Database.RunAsync(
            (context, token) => context.Database.SqlQueryRaw<string>("SELECT definition::text AS \"Value\" FROM servers WHERE id = {0}", definition.Id.Value)
                .SingleAsync(token),
            Cancellation);
        raw.ShouldContain("api.example");
        raw.ShouldContain("X-Key");
        raw.ShouldNotContain("plaintext");
    }

    [Fact]
    public async Task Saving_again_replaces_the_definition_and_keeps_what_shall_run()
    {
        var definition = Definition((LaunchSpec)Launches.First().Data);
        await Store.SaveAsync(definition, Cancellation);
        await Store.SaveDesiredAsync(definition.Id, shallRun: true, port: 4000, Cancellation);
        await Store.SaveAsync(definition with { Name = "renamed-" + definition.Id, Revision = 2 }, Cancellation);
        var stored = await FindAsync(definition.Id);
        stored.ShouldNotBeNull();
        (stored.Definition.Name, stored.Definition.Revision, stored.ShallRun, stored.PickedPort).ShouldBe(("renamed-" + definition.Id, 2, true, 4000));
    }

    [Theory]
    [InlineData("""{"Name":"old"}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"Id":"5e21f2a0-0000-4000-8000-000000000001","Name":"x","Launch":{"Image":"nginx"},"Restart":{"Policy":"OnFailure","MaxRetries":1}}""")]
    [InlineData("""{"Id":"5e21f2a0-0000-4000-8000-000000000001","Name":"x","Launch":null}""")]
    public async Task A_definition_that_makes_no_sense_is_named_and_the_others_are_loaded(string json)
    {
        var (good, bad) = (Definition((LaunchSpec)Launches.First().Data), Definition((LaunchSpec)Launches.First().Data));
        await Store.SaveAsync(good, Cancellation);
        await Store.SaveAsync(bad, Cancellation);
        await fixture.Console.Database.RunAsync(
            (context, token) => context.Database.ExecuteSqlAsync($"UPDATE servers SET definition = {json}::jsonb WHERE id = {bad.Id.Value}", token),
            Cancellation);

        var loaded = await Store.LoadAllAsync(Cancellation);

        loaded.Unreadable.ShouldBe([bad.Id]);
        loaded.Servers.Select(server => server.Definition.Id).ShouldContain(good.Id);
        await Store.DeleteAsync(bad.Id, Cancellation);
    }

    [Fact]
    public async Task A_deleted_server_is_gone()
    {
        var definition = Definition((LaunchSpec)Launches.First().Data);
        await Store.SaveAsync(definition, Cancellation);
        await Store.DeleteAsync(definition.Id, Cancellation);
        (await FindAsync(definition.Id)).ShouldBeNull();
    }

    private static ServerDefinition Definition(LaunchSpec launch)
    {
        var id = new ServerId(Guid.NewGuid());
        return new()
        {
            Id = id,
            Name = $"server-{id}",
            Launch = launch,
            Transport = McpTransport.Sse,
            Port = 3322,
            Endpoint = "/there",
            Environment = Secrets(("TOKEN", "environment-plaintext")),
            Description = "A \"quoted\" ümlaut",
            AutoStart = true,
            RecordTraffic = true,
            Restart = new(RestartPolicy.Always, 3),
            Limits = new(MemoryBytes: 1 << 30, OpenFiles: 512, Nice: 5),
            Tags = ["one", "two"],
            Revision = 1,
            CreatedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            UpdatedAt = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
        };
    }

    // Records with arrays in them do not compare by value.
    private static string Describe(ServerDefinition definition) =>
        JsonSerializer.Serialize(definition, s_revealing) + JsonSerializer.Serialize<object>(definition.Launch, s_revealing);

    private static ImmutableSortedDictionary<string, Secret> Secrets(params (string Name, string Value)[] entries) =>
        ImmutableSortedDictionary.CreateRange(entries.Select(e => KeyValuePair.Create(e.Name, new Secret(e.Value))));

    private async Task<StoredServer?> FindAsync(ServerId id) =>
        (await Store.LoadAllAsync(Cancellation)).Servers.SingleOrDefault(server => server.Definition.Id == id);

    private sealed class RevealingConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
    }
}
