using McpConsole.Web.Endpoints;
using McpConsole.Web.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The console's own API document, and the page to try it on.</summary>
internal static class OpenApiSetup
{
    private const string BearerScheme = "bearer";

    public static IServiceCollection AddConsoleOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true || description.RelativePath == "info";
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "McpConsole",
                Version = InfoEndpoint.Version.Split('+')[0],
                Description = "Creates, supervises and watches MCP servers. Sign every call with an API token.",
            };
            document.Components ??= new OpenApiComponents();
            document.AddComponent(BearerScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API token, made on the page Users and tokens.",
            });
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeRouteParameters);
    });

    public static WebApplication MapConsoleOpenApi(this WebApplication app)
    {
        // Like the health of the console: a server made of this document reads it from this machine, before anyone has signed in.
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(LoopbackRequirement.PolicyName);
        return app;
    }

    /// <summary>The page's own files are served by middleware, behind the sign-in.</summary>
    public static WebApplication UseApiPage(this WebApplication app)
    {
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "api/docs";
            options.DocumentTitle = "McpConsole API";
            options.SwaggerEndpoint("/openapi/v1.json", "v1");
            options.InjectStylesheet("/css/api-docs.css");
            options.InjectJavascript("/js/api-docs.js");
        });
        return app;
    }

    // A server is bound by a type of ours, which the generator cannot look into.
    private static Task DescribeRouteParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.RelativePath?.Contains("{id}", StringComparison.Ordinal) == true)
        {
            operation.Parameters ??= [];
            operation.Parameters.Insert(0, new OpenApiParameter
            {
                Name = "id",
                In = ParameterLocation.Path,
                Required = true,
                Description = "The server's id or name.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        return Task.CompletedTask;
    }
}
