using McpConsole.Domain.Results;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Finds a program as a shell would, but says why when it cannot.</summary>
internal static class ProgramFinder
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    /// <param name="program">A bare name is looked up on <paramref name="searchPath"/>; anything with a slash is a file.</param>
    /// <param name="directory">What relative paths start from: the child's working directory.</param>
    public static Result<string> Find(string program, string? searchPath, string directory)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            var file = Path.GetFullPath(program, directory);
            return !Path.Exists(file) ? LaunchErrors.NoSuchFile(file) : IsExecutable(file) ? file : LaunchErrors.NotExecutable(file);
        }

        string? unusable = null;
        foreach (var folder in (searchPath ?? DefaultPath).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var file = Path.Combine(Path.GetFullPath(folder, directory), program);
            if (IsExecutable(file))
            {
                return file;
            }

            unusable ??= File.Exists(file) ? file : null;
        }

        return unusable is null ? LaunchErrors.NotFound(program) : LaunchErrors.NotExecutable(unusable);
    }

    private static bool IsExecutable(string file) => File.Exists(file) && Libc.Access(file, Libc.ExecutePermission) == 0;
}
