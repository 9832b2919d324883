using System.Net;
using System.Net.Sockets;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Servers;
using McpConsole.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpConsole.Tests.Hosting;

/// <summary>A start that comes to nothing leaves nothing running.</summary>
[Trait("Kind", "Integration")]
public sealed class ConsoleStartTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("mcpconsole-test-").FullName;
    private Part _part = null!;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task When_the_address_is_taken_what_had_started_is_stopped()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        (await RunAsync($"http://{other.LocalEndpoint}", stopAtOnce: false)).ShouldBe(1);

        (_part.Starts, _part.Stops).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Asked_to_stop_in_the_middle_of_the_start_it_stops_in_order()
    {
        (await RunAsync("http://127.0.0.1:0", stopAtOnce: true)).ShouldBe(0);

        (_part.Starts, _part.Stops).ShouldBe((1, 1));
    }

    private Task<int> RunAsync(string address, bool stopAtOnce) => ConsoleRun.RunAsync(() =>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddSingleton(DataFolder.At(_data)).AddSingleton<DataFolderLock>();
        builder.Services.AddHostedService(provider => _part = new Part(provider.GetRequiredService<IHostApplicationLifetime>(), stopAtOnce));
        return builder.Build();
    });

    private sealed class Part(IHostApplicationLifetime lifetime, bool stopAtOnce) : IHostedService
    {
        public int Starts { get; private set; }

        public int Stops { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Starts++;
            if (stopAtOnce)
            {
                lifetime.StopApplication();
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Stops++;
            return Task.CompletedTask;
        }
    }
}
