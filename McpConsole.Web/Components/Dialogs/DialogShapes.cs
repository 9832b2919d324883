using Radzen;

namespace McpConsole.Web.Components.Dialogs;

internal static class DialogShapes
{
    public static DialogOptions Small => Of("460px");

    public static DialogOptions Wide => Of("760px");

    private static DialogOptions Of(string width) => new()
    {
        Width = $"min({width}, calc(100vw - 32px))",
        CloseDialogOnEsc = true,
        CloseDialogOnOverlayClick = false,
        AutoFocusFirstElement = true,
        Draggable = false,
        Resizable = false,
    };
}
