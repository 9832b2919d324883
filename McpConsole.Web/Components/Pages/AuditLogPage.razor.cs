using McpConsole.Domain.Audit;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>Who changed what, from where, newest first.</summary>
public sealed partial class AuditLogPage
{
    private const int Size = 50;

    private AuditPage? _page;

    [Inject]
    public required IAuditLog Log { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    private int Number => Math.Max(1, Page ?? 1);

    private int Pages => Math.Max(1, (_page!.Total + Size - 1) / Size);

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _page = await Log.ReadAsync(new AuditQuery(Text, Page: Number, Size: Size), Gone);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The reader left.
        }
    }

    private void Go(string? text, int page) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["q"] = string.IsNullOrWhiteSpace(text) ? null : text,
            ["page"] = page > 1 ? page : null,
        }),
        replace: true);
}
