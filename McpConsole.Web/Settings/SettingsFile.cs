using System.Text.Json;

namespace McpConsole.Web.Settings;

/// <summary>
/// <c>settings.json</c> in the data folder: a flat map of keys to values, as the Settings page saved them. Only this process writes it,
/// so it is read once and needs no watching. Thread-safe.
/// </summary>
internal sealed class SettingsFile(string path) : ConfigurationProvider, IConfigurationSource
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly Lock _lock = new();

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string?>>(File.ReadAllBytes(path));
            Data = new Dictionary<string, string?>(values ?? [], StringComparer.OrdinalIgnoreCase);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a JSON map of keys to texts: {e.Message} Mend or delete it.", e);
        }
    }

    /// <summary>Writes the changes beside what is there, in one step, and lets everyone who reads the configuration know.</summary>
    /// <param name="changes">Null removes a key.</param>
    public void Save(IReadOnlyDictionary<string, string?> changes)
    {
        lock (_lock)
        {
            var values = new Dictionary<string, string?>(Data, StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in changes)
            {
                if (value is null)
                {
                    values.Remove(key);
                }
                else
                {
                    values[key] = value;
                }
            }

            var part = path + ".new";
            // A connection string may be among the values: for the owner's eyes only, from the first byte on.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(part, options))
            {
                JsonSerializer.Serialize(file, values, s_json);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
            Data = values;
        }

        OnReload();
    }
}
