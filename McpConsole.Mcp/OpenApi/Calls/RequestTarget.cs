using System.Text;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Builds the URL of a call.</summary>
internal static class RequestTarget
{
    private static readonly UriCreationOptions s_asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <param name="token">Joins the query when the security scheme wants it there.</param>
    public static Uri? Build(string baseUrl, in CallArguments arguments, string? token, out string? fault)
    {
        var url = new StringBuilder(baseUrl, 256);
        AppendPath(url, arguments, out fault);
        if (fault is not null)
        {
            return null;
        }

        var path = url.ToString();
        url.Append(path.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        var pairs = new PairWriter(url, "&");
        foreach (var argument in arguments.Plan.Arguments)
        {
            if (argument.Place == ArgumentPlace.Query && arguments.TryGet(argument, out var value))
            {
                pairs.Write(argument, value);
            }
        }

        if (arguments.Plan.Token is { Kind: TokenKind.Query, Name: { } name } && token is not null)
        {
            pairs.Pair(name, token);
        }

        // As written: what is encoded must arrive as it was encoded.
        return new Uri(pairs.HasPairs ? url.ToString() : path, s_asWritten);
    }

    private static void AppendPath(StringBuilder url, in CallArguments arguments, out string? fault)
    {
        // Some documents tell operations of one path apart by a fragment, which is never sent.
        var template = arguments.Plan.Path.AsSpan();
        template = template.IndexOf('#') is >= 0 and var hash ? template[..hash] : template;
        var start = url.Length;
        while (template.IndexOf('{') is >= 0 and var open && template[open..].IndexOf('}') is > 1 and var length)
        {
            PercentEncoding.AppendPathText(url, template[..open]);
            AppendArgument(url, arguments, template.Slice(open + 1, length - 1), out fault);
            if (fault is not null)
            {
                return;
            }

            template = template[(open + length + 1)..];
        }

        PercentEncoding.AppendPathText(url, template);
        fault = HasDotSegment(url.ToString(start, url.Length - start)) ? "A path argument must not be «.» or «..», nor a path with these in it." : null;
    }

    private static void AppendArgument(StringBuilder url, in CallArguments arguments, ReadOnlySpan<char> name, out string? fault)
    {
        fault = null;
        foreach (var argument in arguments.Plan.Arguments)
        {
            if (argument.Place == ArgumentPlace.Path && name.SequenceEqual(argument.WireName) && arguments.TryGet(argument, out var value))
            {
                var before = url.Length;
                SegmentWriter.Write(url, argument, value, encode: true);

                // Nothing there would be another path, and so another operation.
                fault = url.Length == before ? $"The argument «{argument.Name}» must not be empty." : null;
                return;
            }
        }
    }

    // Dots need no encoding, so an argument could climb out of its path. Many a proxy decodes a slash before it resolves dots.
    private static bool HasDotSegment(string path)
    {
        var decoded = path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Replace("%5C", "/", StringComparison.OrdinalIgnoreCase).AsSpan();
        foreach (var range in decoded.Split('/'))
        {
            if (decoded[range] is "." or "..")
            {
                return true;
            }
        }

        return false;
    }
}
