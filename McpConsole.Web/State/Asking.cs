using McpConsole.Web.Components.Dialogs;
using Radzen;

namespace McpConsole.Web.State;

/// <summary>Asks before what cannot be undone.</summary>
internal sealed class Asking(DialogService dialogs)
{
    /// <param name="question">Names the thing.</param>
    /// <param name="consequence">What is lost.</param>
    /// <param name="confirm">The verb on the button.</param>
    public async Task<bool> ConfirmAsync(string question, string consequence, string confirm) =>
        await dialogs.OpenAsync<ConfirmDialog>(
            question,
            new Dictionary<string, object?> { [nameof(ConfirmDialog.Consequence)] = consequence, [nameof(ConfirmDialog.Confirm)] = confirm },
            DialogShapes.Small) is true;
}
