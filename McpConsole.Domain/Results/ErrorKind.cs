namespace McpConsole.Domain.Results;

/// <summary>The class of an expected failure; the REST API maps each to one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The input is wrong (400).</summary>
    Invalid,

    /// <summary>The caller's role does not allow it (403).</summary>
    Forbidden,

    /// <summary>The thing named does not exist (404).</summary>
    NotFound,

    /// <summary>It clashes with what exists or happens now (409).</summary>
    Conflict,

    /// <summary>It was tried and did not succeed (422).</summary>
    Failed,

    /// <summary>Something behind the console does not answer, for now (503).</summary>
    Unavailable,

    /// <summary>It took longer than allowed (504).</summary>
    Timeout,
}
