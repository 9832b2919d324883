using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Secret = McpConsole.Domain.Servers.Secret;

namespace McpConsole.Infrastructure.Database;

/// <summary>Encrypts secrets for the database, with keys that stand in the data folder: a dump of the database alone reveals none.</summary>
internal sealed partial class SecretProtector(IDataProtectionProvider provider, ILogger<SecretProtector> logger)
{
    private readonly IDataProtector _protector = provider.CreateProtector("McpConsole.Secrets");

    public string Protect(Secret secret) => _protector.Protect(secret.Reveal());

    /// <summary>The secret; an empty one where the key is gone, so that the rest of what is stored stays usable.</summary>
    public Secret Unprotect(string text)
    {
        try
        {
            return new Secret(_protector.Unprotect(text));
        }
        catch (CryptographicException e)
        {
            LogUnreadable(e);
            return new Secret("");
        }
    }

    [LoggerMessage(6050, LogLevel.Error, "A stored secret cannot be read: its key is not in the data folder's keys any more. Enter the secret again")]
    private partial void LogUnreadable(Exception exception);
}
