using McpConsole.Domain.Accounts;
using McpConsole.Web.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>The console's settings.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/settings").WithTags("Settings").RequireAuthorization(Policies.Administer);
        group.MapGet("", (ISettings settings) => TypedResults.Ok<IReadOnlyList<SettingValue>>(settings.All))
            .WithName("listSettings").WithSummary("List settings, their values and where these come from");
        group.MapPut("", SaveAsync).WithName("saveSettings").WithSummary("Change settings")
            .WithDescription("A map of keys to values; null takes a setting back to its default. All are saved or none.");
    }

    private static async Task<Results<Ok<IReadOnlyList<SettingValue>>, ProblemHttpResult>> SaveAsync(
        Dictionary<string, string?> changes, ISettings settings, Caller caller, CancellationToken cancellationToken) =>
        (await settings.SaveAsync(changes, caller.Actor, cancellationToken)).ToOk(all => (IReadOnlyList<SettingValue>)all);
}
