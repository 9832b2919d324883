namespace McpConsole.Web.Resources;

/// <summary>Translations of <see cref="Domain.Results.Error"/> by its code. There is no English file: an error carries its English text.</summary>
public sealed class ErrorTexts;
