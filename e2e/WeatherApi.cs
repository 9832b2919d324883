using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpConsole.E2E;

/// <summary>The API behind: a real HTTP service with an OpenAPI document, which remembers the authorization of each call.</summary>
public sealed class WeatherApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _authorizations = new();

    private WeatherApi(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public string DocumentUrl => $"{Url}/openapi.json";

    public IReadOnlyCollection<string> Authorizations => _authorizations;

    public static async Task<WeatherApi> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new WeatherApi(builder.Build());
        api._app.MapGet("/openapi.json", (HttpRequest request) => Results.Text(Document($"http://{request.Host}"), "application/json"));
        api._app.MapGet("/weather/{city}", (string city, HttpRequest request) =>
        {
            api._authorizations.Enqueue(request.Headers.Authorization.ToString());
            return Results.Json(new { city, temperature = 21.5, sky = "clear" });
        });
        api._app.MapDelete("/weather/{city}", (string city) => Results.NoContent());
        await api._app.StartAsync(cancellationToken);
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Document(string url) => $$"""
        {
          "openapi": "3.0.3",
          "info": { "title": "Weather", "version": "1.0" },
          "servers": [{ "url": "{{url}}" }],
          "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } },
          "security": [{ "token": [] }],
          "paths": {
            "/weather/{city}": {
              "get": {
                "operationId": "getWeather",
                "summary": "The weather in a city",
                "parameters": [{ "name": "city", "in": "path", "required": true, "schema": { "type": "string" } }],
                "responses": { "200": { "description": "The weather" } }
              },
              "delete": {
                "operationId": "forgetWeather",
                "summary": "Forget what is known of a city",
                "parameters": [{ "name": "city", "in": "path", "required": true, "schema": { "type": "string" } }],
                "responses": { "204": { "description": "Forgotten" } }
              }
            }
          }
        }
        """;
}
