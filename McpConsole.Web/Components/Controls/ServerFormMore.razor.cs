using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>The part of the server form that has good defaults; open where a value or an error stands in it.</summary>
public sealed partial class ServerFormMore
{
    private static readonly string[] s_fields = ["env", "restart", "limits", "tags", "description"];

    [CascadingParameter]
    public FormErrors Errors { get; set; } = FormErrors.None;

    [Parameter, EditorRequired]
    public required ServerForm Form { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private bool HasValues =>
        Form.Env.Count > 0 || Form.RestartPolicy != RestartPolicy.OnFailure || s_fields.Any(name => Errors.Of(name) is not null)
        || new[] { Form.MemoryMegabytes, Form.OpenFiles, Form.Nice, Form.Tags, Form.Description }.Any(value => !string.IsNullOrEmpty(value));

    private Task ChangedAsync() => OnChange.InvokeAsync();
}
