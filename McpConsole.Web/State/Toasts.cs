using McpConsole.Domain.Results;
using McpConsole.Web.Resources;
using Microsoft.Extensions.Localization;
using Radzen;

namespace McpConsole.Web.State;

/// <summary>Tells the reader of this circuit what came of an action.</summary>
internal sealed class Toasts(NotificationService notifications, IStringLocalizer<ErrorTexts> errors)
{
    private const double Short = 4_000;
    private const double LongEnoughToRead = 12_000;

    public void Done(string text) => notifications.Notify(NotificationSeverity.Success, text, duration: Short);

    /// <param name="subject">What was tried, with the thing's name.</param>
    public void Failed(Error error, string? subject = null) =>
        notifications.Notify(NotificationSeverity.Error, subject ?? errors.Of(error), subject is null ? "" : errors.Of(error), LongEnoughToRead);
}
