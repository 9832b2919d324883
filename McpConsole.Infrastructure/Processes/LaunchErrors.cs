using System.ComponentModel;
using McpConsole.Domain.Results;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Why a program could not be started.</summary>
internal static class LaunchErrors
{
    public static Error NotFound(string program) =>
        new("launch.not_found", ErrorKind.Failed, "There is no program {0} on the server's PATH. Install it, or give its full path.", program);

    public static Error NoSuchFile(string path) =>
        new("launch.not_found", ErrorKind.Failed, "There is no file {0}. Check the command.", path);

    public static Error NotExecutable(string path) =>
        new("launch.not_executable", ErrorKind.Failed, "{0} may not be executed. Check its permissions (chmod +x) and that it is a file.", path);

    public static Error NotAProgram(string path) =>
        new("launch.not_a_program", ErrorKind.Failed, "{0} is neither a program for this machine nor a script with a #! line.", path);

    public static Error NoDirectory(string path) =>
        new("launch.no_directory", ErrorKind.Failed, "The working directory {0} does not exist or may not be entered.", path);

    public static Error Refused(string path, int number) =>
        new("launch.refused", ErrorKind.Failed, "The system did not start {0}: {1}.", path, new Win32Exception(number).Message);
}
