using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace McpConsole.Web.Components.Controls;

/// <summary>Says what happened and what to do.</summary>
public sealed partial class ErrorNote
{
    [Inject]
    public required IStringLocalizer<ErrorTexts> E { get; init; }

    [Parameter, EditorRequired]
    public required ImmutableArray<Error> Errors { get; set; }

    [Parameter]
    public string? Title { get; set; }
}
