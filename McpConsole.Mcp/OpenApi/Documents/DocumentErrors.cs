using McpConsole.Domain.Results;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Every reason why a document cannot be used.</summary>
internal static class DocumentErrors
{
    public static Error NoLocation() =>
        new("document.none", ErrorKind.Invalid, "No OpenAPI document is given: name a file or an http(s) URL.");

    public static Error BadLocation(string text) =>
        new("document.bad_location", ErrorKind.Invalid, "«{0}» is neither a file path nor an http(s) URL.", text);

    public static Error BadBaseUrl(string text) =>
        new("document.bad_base_url", ErrorKind.Invalid, "The base URL «{0}» is not an absolute http(s) URL.", text);

    public static Error Missing(string where) =>
        new("document.missing", ErrorKind.NotFound, "There is no file {0}. Check the path; it is read by the machine that the console runs on.", where);

    public static Error Unreadable(string where, string cause) =>
        new("document.unreadable", ErrorKind.Failed, "{0} cannot be read: {1}", where, cause);

    public static Error TooBig(string where, long limit) =>
        new("document.too_big", ErrorKind.Invalid, "{0} is larger than the limit of {1} MB for a document.", where, limit / (1024 * 1024));

    public static Error Empty(string where) =>
        new("document.empty", ErrorKind.Invalid, "{0} is empty.", where);

    public static Error NotText(string where, long offset) =>
        new("document.not_text", ErrorKind.Invalid, "{0} is not UTF-8 text (byte {1}): an OpenAPI document is JSON or YAML in UTF-8.", where, offset);

    public static Error BrokenJson(string where, long line, long column, string cause) =>
        new("document.broken_json", ErrorKind.Invalid, "{0} is not valid JSON at line {1}, column {2}: {3}", where, line, column, cause);

    public static Error BrokenYaml(string where, long line, long column, string cause) =>
        new("document.broken_yaml", ErrorKind.Invalid, "{0} is not valid YAML at line {1}, column {2}: {3}", where, line, column, cause);

    public static Error NotOpenApi(string where, string cause) =>
        new("document.not_openapi", ErrorKind.Invalid, "{0} is not an OpenAPI document: {1}", where, cause);

    public static Error Unreachable(string where, string cause) =>
        new("document.unreachable", ErrorKind.Unavailable, "{0} cannot be fetched: {1}", where, cause);

    public static Error RefusedAddress(string where, string cause) =>
        new("document.refused_address", ErrorKind.Invalid, "{0} is not fetched: {1}", where, cause);

    public static Error HttpStatus(string where, int status) =>
        new("document.http_status", ErrorKind.Failed, "{0} answered HTTP {1} instead of the document.", where, status);

    public static Error TooManyRedirects(string where, int limit) =>
        new("document.redirects", ErrorKind.Failed, "{0} redirects more than {1} times.", where, limit);

    public static Error TimedOut(string where, double seconds) =>
        new("document.timeout", ErrorKind.Timeout, "{0} did not arrive within {1} s.", where, seconds);

    public static Error ForeignFile(string where) =>
        new("document.foreign_file", ErrorKind.Invalid, "{0} is a local file, which a document from the network may not refer to.", where);
}
