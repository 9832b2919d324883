using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Web.Accounts;
using McpConsole.Web.Components.Dialogs;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Controls;

/// <summary>The API tokens: who may call the REST API without signing in.</summary>
public sealed partial class TokenList
{
    private ImmutableArray<ApiTokenInfo>? _tokens;
    private ImmutableArray<Error> _errors = [];

    [Inject]
    public required IApiTokens Tokens { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    internal Toasts Toasts { get; init; } = null!;

    [Inject]
    internal Asking Asking { get; init; } = null!;

    [Inject]
    public required DialogService Dialogs { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var result = await Tokens.ListAsync(await User.ActorAsync(), CancellationToken.None);
        (_tokens, _errors) = (result.IsOk ? result.Value : null, result.Errors);
    }

    private async Task AddAsync()
    {
        await Dialogs.OpenAsync<TokenDialog>(T["Tokens.Add"], [], DialogShapes.Small);
        await LoadAsync();
    }

    private async Task RevokeAsync(ApiTokenInfo token)
    {
        if (!await Asking.ConfirmAsync(T["Tokens.Revoke.Question", token.Name], T["Tokens.Revoke.Consequence"], T["Tokens.Revoke"]))
        {
            return;
        }

        var result = await Tokens.RevokeAsync(token.Id, await User.ActorAsync(), CancellationToken.None);
        if (result.Error is { } error)
        {
            Toasts.Failed(error);
        }

        await LoadAsync();
    }
}
