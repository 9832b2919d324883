using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace McpConsole.Tests.Components;

/// <summary>bUnit asks for AngleSharp.Diffing 1.0; the 0.17 that is referenced has what the tests call, but is not taken for it by itself.</summary>
internal static class OlderDiffing
{
    private const string Name = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Accept() => AssemblyLoadContext.Default.Resolving += static (context, wanted) =>
        wanted.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Name + ".dll")) : null;
}
