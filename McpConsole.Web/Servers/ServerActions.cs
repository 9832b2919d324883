using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Web.Accounts;
using McpConsole.Web.Resources;
using McpConsole.Web.State;
using Microsoft.Extensions.Localization;

namespace McpConsole.Web.Servers;

/// <summary>The commands behind the pages' buttons: as the reader, with what went wrong told by name.</summary>
internal sealed class ServerActions(IServerCommands commands, CurrentUser user, Toasts toasts, Asking asking, IStringLocalizer<Texts> texts)
{
    public static bool Allows(ServerSnapshot server, ServerAction action) => action switch
    {
        ServerAction.Start => server.State is Lifecycle.Stopped or Lifecycle.Failed or Lifecycle.BackingOff,
        ServerAction.Stop => server.State is Lifecycle.Starting or Lifecycle.Running or Lifecycle.BackingOff,
        _ => server.State is Lifecycle.Starting or Lifecycle.Running,
    };

    /// <summary>Completes when the state is reached or failed; the pages see every step on the way by their subscription.</summary>
    public async Task RunAsync(ServerAction action, params IReadOnlyList<ServerSnapshot> servers)
    {
        var actor = await user.ActorAsync();
        await Task.WhenAll(servers.Where(s => Allows(s, action)).Select(server => RunOneAsync(action, server, actor)));
    }

    /// <summary>Asks, naming what will go; true when everything is gone.</summary>
    public async Task<bool> DeleteAsync(params IReadOnlyList<ServerSnapshot> servers)
    {
        var names = string.Join(", ", servers.Select(s => s.Name));
        var question = servers.Count == 1 ? texts["Servers.Delete.Question", names] : texts["Servers.Delete.QuestionMany", servers.Count];
        var consequence = servers.Count == 1 ? texts["Servers.Delete.Consequence"] : texts["Servers.Delete.ConsequenceMany", names];
        if (!await asking.ConfirmAsync(question, consequence, texts["Common.Delete"]))
        {
            return false;
        }

        var actor = await user.ActorAsync();
        var allGone = true;
        foreach (var server in servers)
        {
            var result = await commands.DeleteAsync(server.Id, actor, CancellationToken.None);
            allGone &= result.IsOk;
            Report(result, texts["Servers.Deleted", server.Name], texts["Servers.DeleteFailed", server.Name]);
        }

        return allGone;
    }

    private async Task RunOneAsync(ServerAction action, ServerSnapshot server, Actor actor)
    {
        // No cancellation: leaving the page does not call back what was asked for.
        var result = await (action switch
        {
            ServerAction.Start => commands.StartAsync(server.Id, actor, wait: true, CancellationToken.None),
            ServerAction.Stop => commands.StopAsync(server.Id, actor, wait: true, CancellationToken.None),
            _ => commands.RestartAsync(server.Id, actor, wait: true, CancellationToken.None),
        });
        Report(result, texts[$"Servers.{action}.Done", server.Name], texts[$"Servers.{action}.Failed", server.Name]);
    }

    private void Report<T>(Result<T> result, string done, string failed)
    {
        if (result.Error is { } error)
        {
            toasts.Failed(error, failed);
        }
        else
        {
            toasts.Done(done);
        }
    }
}
