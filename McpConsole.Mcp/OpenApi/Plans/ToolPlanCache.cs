using System.Security.Cryptography;
using System.Text;
using McpConsole.Mcp.OpenApi.Documents;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>
/// Keeps plans in files named by the hash of everything that a plan depends on: the document's bytes, where it came from (relative
/// references and servers start there), the settings, and the build of the mapping. The documents that it refers to are listed in the
/// plan with their hashes, and checked by who opens it. Losing the folder costs time only; processes may share it.
/// </summary>
/// <param name="folder">Made when the first plan is kept.</param>
internal sealed partial class ToolPlanCache(string folder, ILogger logger)
{
    // A plan is replaced with each edit of its document; what no start has used for long goes.
    private const int MaxFiles = 200;

    // Changes with every build that changes the code: no plan outlives the mapping that made it.
    private static readonly Guid s_mapping = typeof(ToolPlanCache).Module.ModuleVersionId;

    /// <summary><c>MCPCONSOLE_PLANS</c>, else <c>mcpconsole/plans</c> in the user's cache folder.</summary>
    public static string DefaultFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MCPCONSOLE_PLANS") is { Length: > 0 } named)
            {
                return named;
            }

            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
                ? xdg
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(cache, "mcpconsole", "plans");
        }
    }

    public static string Key(DocumentStamp stamp, OpenApiSource source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(s_mapping.ToByteArray());
        foreach (var part in (string[])
            [stamp.Location.AbsoluteUri, source.BaseUrl ?? "", .. source.Operations.Include, "\n", .. source.Operations.Exclude])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        hash.AppendData(stamp.Hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Null when there is none, or none that is whole.</summary>
    public ToolPlan? Find(string key)
    {
        try
        {
            return ToolPlan.Open(File.ReadAllBytes(PathOf(key)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Written beside and renamed, so that no reader sees half of it. A folder that cannot be written is logged: only time is lost.</summary>
    public void Store(string key, ToolPlan plan)
    {
        var draft = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(draft, plan.Image.Span);
            File.Move(draft, PathOf(key), overwrite: true);
            Prune();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(e.Message);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".plan");

    private void Prune()
    {
        var files = new DirectoryInfo(folder).GetFiles();
        if (files.Length > MaxFiles)
        {
            foreach (var file in files.OrderBy(file => file.LastWriteTimeUtc).Take(files.Length - MaxFiles))
            {
                file.Delete();
            }
        }
    }

    [LoggerMessage(EventId = 5304, Level = LogLevel.Warning, Message = "The mapped document cannot be kept for faster starts: {Cause}")]
    private partial void LogNotKept(string cause);
}
