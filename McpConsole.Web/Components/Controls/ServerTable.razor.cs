using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Servers as rows; on small screens each row is a card.</summary>
public sealed partial class ServerTable
{
    [Parameter, EditorRequired]
    public required ImmutableArray<ServerSnapshot> Servers { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlySet<ServerId> Chosen { get; set; }

    [Parameter]
    public EventCallback<ServerChoice> OnChoose { get; set; }
}

/// <param name="On">Whether it was ticked or unticked.</param>
public sealed record ServerChoice(ServerId Server, bool On);
