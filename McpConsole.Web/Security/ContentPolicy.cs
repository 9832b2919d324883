using System.Security.Cryptography;

namespace McpConsole.Web.Security;

/// <summary>The Content-Security-Policy of an answer. An inline element of ours runs only with this answer's nonce.</summary>
public static class ContentPolicy
{
    private static readonly object s_key = new();

    /// <summary>The nonce of this answer, for the <c>nonce</c> attribute of an inline script such as the import map.</summary>
    public static string NonceOf(HttpContext context)
    {
        if (context.Items[s_key] is not string nonce)
        {
            context.Items[s_key] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        }

        return nonce;
    }

    // style-src: components set widths and heights as style attributes, which no nonce can cover.
    internal static string For(HttpContext context) =>
        $"default-src 'self'; script-src 'self' 'nonce-{NonceOf(context)}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
}
