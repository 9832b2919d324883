using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpConsole.Mcp.OpenApi.Mapping;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Builds the body of a call.</summary>
internal static class RequestBody
{
    /// <summary>Null when there is none to send, or the arguments do not make one.</summary>
    public static HttpContent? Build(in CallArguments arguments, out string? fault)
    {
        fault = null;
        var plan = arguments.Plan;
        var fields = new List<(ArgumentPlan Argument, JsonElement Value)>();
        foreach (var argument in plan.Arguments)
        {
            if (argument.Place is ArgumentPlace.Field or ArgumentPlace.Body && arguments.TryGet(argument, out var value))
            {
                fields.Add((argument, value));
            }
        }

        if (plan.Body == BodyKind.None || (fields.Count == 0 && !plan.BodyRequired))
        {
            return null;
        }

        return plan.Body switch
        {
            BodyKind.Json => Json(plan, fields),
            BodyKind.Form => Form(plan, Spread(fields)),
            BodyKind.Multipart => Multipart(plan, Spread(fields), out fault),
            BodyKind.Binary => Binary(plan, fields, out fault),
            _ => Text(plan, fields),
        };
    }

    private static ByteArrayContent Json(CallPlan plan, List<(ArgumentPlan Argument, JsonElement Value)> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = JsonBuffer.Writer(buffer))
        {
            if (fields is [{ Argument.Place: ArgumentPlace.Body, Value: var whole }])
            {
                whole.WriteTo(writer);
            }
            else
            {
                writer.WriteStartObject();
                foreach (var (argument, value) in fields)
                {
                    writer.WritePropertyName(argument.WireName);
                    value.WriteTo(writer);
                }

                writer.WriteEndObject();
            }
        }

        return Content(buffer.WrittenSpan.ToArray(), plan.BodyType);
    }

    private static ByteArrayContent Form(CallPlan plan, IEnumerable<(ArgumentPlan Argument, JsonElement Value)> fields)
    {
        var form = new StringBuilder(256);
        var pairs = new PairWriter(form, "&");
        foreach (var (argument, value) in fields)
        {
            pairs.Write(argument, value);
        }

        return Content(Encoding.UTF8.GetBytes(form.ToString()), plan.BodyType);
    }

    private static MultipartContent? Multipart(
        CallPlan plan, IEnumerable<(ArgumentPlan Argument, JsonElement Value)> fields, out string? fault)
    {
        fault = null;
        var parts = new MultipartContent(MediaTypes.Bare(plan.BodyType)!["multipart/".Length..]);
        foreach (var (argument, value) in fields)
        {
            var values = value.ValueKind == JsonValueKind.Array && argument.Form != ValueForm.Json ? value.EnumerateArray().ToArray() : [value];
            foreach (var item in values)
            {
                if (Part(argument, item, out fault) is not { } part)
                {
                    parts.Dispose();
                    return null;
                }

                parts.Add(part);
            }
        }

        return parts;
    }

    private static ByteArrayContent? Part(ArgumentPlan argument, JsonElement value, out string? fault)
    {
        fault = null;
        ByteArrayContent part;
        var name = argument.WireName.Replace("\"", "%22", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
        if (argument.Form == ValueForm.Bytes)
        {
            if (!FileValue.TryRead(value, out var file))
            {
                fault = FileValue.Fault(argument.Name);
                return null;
            }

            part = Content(file.Bytes, file.MediaType ?? argument.ContentType ?? "application/octet-stream");
            disposition.FileName = disposition.Name;
        }
        else
        {
            var isJson = argument.Form == ValueForm.Json || value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
            var text = argument.Form == ValueForm.Json ? value.GetRawText() : ValueText.Of(value);
            part = Content(Encoding.UTF8.GetBytes(text), argument.ContentType ?? (isJson ? MediaTypes.Json : null));
        }

        part.Headers.ContentDisposition = disposition;
        return part;
    }

    private static ByteArrayContent? Binary(CallPlan plan, List<(ArgumentPlan Argument, JsonElement Value)> fields, out string? fault)
    {
        fault = null;
        if (fields.Count == 0)
        {
            return Content([], plan.BodyType);
        }

        if (!FileValue.TryRead(fields[0].Value, out var file))
        {
            fault = FileValue.Fault(fields[0].Argument.Name);
            return null;
        }

        return Content(file.Bytes, plan.BodyType);
    }

    private static ByteArrayContent Text(CallPlan plan, List<(ArgumentPlan Argument, JsonElement Value)> fields) =>
        Content(Encoding.UTF8.GetBytes(fields.Count == 0 ? "" : ValueText.Of(fields[0].Value)), plan.BodyType);

    /// <summary>A form that is one argument (its fields are not all known) has its members as fields.</summary>
    private static IEnumerable<(ArgumentPlan Argument, JsonElement Value)> Spread(List<(ArgumentPlan Argument, JsonElement Value)> fields) =>
        fields is [{ Argument.Place: ArgumentPlace.Body, Value: { ValueKind: JsonValueKind.Object } whole }]
            ? whole.EnumerateObject().Select(member => (
                new ArgumentPlan(member.Name, member.Name, ArgumentPlace.Field, false, ParameterStyle.Form, true, Form: ValueForm.Natural),
                member.Value))
            : fields;

    private static ByteArrayContent Content(byte[] bytes, string? mediaType)
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        return content;
    }
}
