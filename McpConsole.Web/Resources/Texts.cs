namespace McpConsole.Web.Resources;

/// <summary>The pages' texts: <c>Texts.resx</c> in English, one file per further language.</summary>
public sealed class Texts;
