using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpConsole.Tests.Servers;

public sealed class SupervisionOptionsTests
{
    [Fact]
    public void The_names_of_the_environment_are_read()
    {
        var options = Read(
            ("PROCESS_TIMEOUT", "1500"), ("PROCESS_MAX_RETRIES", "3"), ("PROCESS_HEALTH_CHECK_INTERVAL", "5000"), ("MCP_DEFAULT_PORT", "4000"), ("MCP_DEFAULT_TRANSPORT", "sse"));
        options.StartTimeout.ShouldBe(TimeSpan.FromSeconds(1.5));
        options.MaxRetries.ShouldBe(3);
        options.HealthInterval.ShouldBe(TimeSpan.FromSeconds(5));
        (options.FirstPort, options.LastPort).ShouldBe((4000, 4999));
        options.DefaultTransport.ShouldBe(McpTransport.Sse);
    }

    [Fact]
    public void What_is_not_set_has_its_default()
    {
        var options = Read();
        (options.StartTimeout, options.HealthInterval).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)));
        (options.FirstPort, options.LastPort, options.MaxRetries).ShouldBe((3322, 4321, 10));
        options.RunnerPath.ShouldEndWith("mcpc");
    }

    [Fact]
    public void The_section_is_read() => Read(("Supervision:StopGrace", "00:00:03")).StopGrace.ShouldBe(TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData("PROCESS_TIMEOUT", "soon")]
    [InlineData("PROCESS_TIMEOUT", "0")]
    [InlineData("PROCESS_MAX_RETRIES", "-1")]
    [InlineData("PROCESS_HEALTH_CHECK_INTERVAL", "1")]
    [InlineData("MCP_DEFAULT_PORT", "65536")]
    [InlineData("MCP_DEFAULT_TRANSPORT", "carrier pigeon")]
    public void A_wrong_value_is_refused_by_the_name_of_its_key(string key, string value) =>
        Should.Throw<OptionsValidationException>(() => Read((key, value))).Message.ShouldContain(key);

    private static SupervisionOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddServerSupervision().BuildServiceProvider();
        return services.GetRequiredService<IOptions<SupervisionOptions>>().Value;
    }
}
