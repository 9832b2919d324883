namespace McpConsole.Domain.Servers;

/// <summary>Identifies a server for good; a name can change. Printed as 32 hexadecimal digits.</summary>
public readonly record struct ServerId(Guid Value)
{
    public static bool TryParse(string? text, out ServerId id)
    {
        var ok = Guid.TryParseExact(text, "N", out var value) || Guid.TryParseExact(text, "D", out value);
        id = new ServerId(value);
        return ok;
    }

    public override string ToString() => Value.ToString("N");
}
