using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Results;
using McpConsole.Web.Accounts;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>The scheduled jobs: what ran, how it went, when it runs next. The board has no stream: the page looks again every few seconds.</summary>
public sealed partial class JobsPage
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private ImmutableArray<JobStatus>? _jobs;
    private ImmutableArray<Error> _errors = [];
    private Task _looking = Task.CompletedTask;

    [Inject]
    public required IJobBoard Board { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    internal Toasts Toasts { get; init; } = null!;

    [Inject]
    public required TimeProvider Time { get; init; }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        _looking = LookAgainAsync();
    }

    protected override async ValueTask OnGoneAsync() => await _looking;

    private async Task LookAgainAsync()
    {
        using var timer = new PeriodicTimer(s_interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Gone))
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The reader left.
        }
    }

    private async Task LoadAsync()
    {
        var result = await Board.ListAsync(Gone);
        (_jobs, _errors) = (result.IsOk ? result.Value : _jobs, result.Errors);
    }

    private async Task ActAsync(JobStatus job, Func<string, Actor, CancellationToken, Task<Result<Done>>> act)
    {
        var result = await act(job.Name, await User.ActorAsync(), CancellationToken.None);
        if (result.Error is { } error)
        {
            Toasts.Failed(error, Title(job));
        }

        await LoadAsync();
    }

    private string Title(JobStatus job) => T[$"Job.{job.Name}"] is { ResourceNotFound: false } title ? title : job.Name;

    private string? Description(JobStatus job) => T[$"Job.{job.Name}.Text"] is { ResourceNotFound: false } text ? text.Value : null;
}
