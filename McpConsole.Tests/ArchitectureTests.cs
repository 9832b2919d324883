using System.Reflection;
using System.Runtime.CompilerServices;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests;

/// <summary>The house's rules that a compiler does not know.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] s_forbiddenWords = ["Services", "Helpers", "Managers", "Models", "Utils"];

    private static readonly Assembly s_domain = typeof(ServerId).Assembly;
    private static readonly Assembly s_mcp = Assembly.Load("McpConsole.Mcp");
    private static readonly Assembly s_infrastructure = Assembly.Load("McpConsole.Infrastructure");
    private static readonly Assembly s_runner = Assembly.Load("mcpc");
    private static readonly Assembly s_web = Assembly.Load("McpConsole.Web");

    public static TheoryData<string> Products => [.. new[] { s_domain, s_mcp, s_infrastructure, s_runner, s_web }.Select(a => a.GetName().Name!)];

    [Fact]
    public void Arrows_point_inwards()
    {
        OwnReferences(s_domain).ShouldBeEmpty();
        OwnReferences(s_mcp).ShouldBeSubsetOf(["McpConsole.Domain"]);
        OwnReferences(s_runner).ShouldBeSubsetOf(["McpConsole.Mcp", "McpConsole.Domain"]);
        OwnReferences(s_infrastructure).ShouldBeSubsetOf(["McpConsole.Domain"]);
        OwnReferences(s_web).ShouldBeSubsetOf(["McpConsole.Mcp", "McpConsole.Domain", "McpConsole.Infrastructure"]);
    }

    [Fact]
    public void Domain_needs_no_package() =>
        s_domain.GetReferencedAssemblies().ShouldAllBe(name => name.Name!.StartsWith("System", StringComparison.Ordinal) || name.Name == "netstandard");

    [Theory]
    [MemberData(nameof(Products))]
    public void Classes_are_sealed_abstract_or_static(string assembly) =>
        OwnTypes(assembly)
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Where(type => type.Namespace?.Contains(".Migrations", StringComparison.Ordinal) != true)
            .Where(type => !IsRazor(type) && !OwnTypes(assembly).Any(other => other.BaseType == type))
            .Select(type => type.FullName)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Products))]
    public void Namespaces_name_features(string assembly) =>
        OwnTypes(assembly)
            .Select(type => type.Namespace ?? "")
            .Distinct()
            .Where(name => name.Split('.').Any(part => s_forbiddenWords.Contains(part)))
            .ShouldBeEmpty();

    [Fact]
    public void Records_of_the_domain_are_immutable() =>
        OwnTypes("McpConsole.Domain")
            .Where(type => type.GetMethod("<Clone>$") is not null)
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(property => $"{property.DeclaringType}.{property.Name}")
            .ShouldBeEmpty();

    private static IEnumerable<string> OwnReferences(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("McpConsole", StringComparison.Ordinal) || name == "mcpc");

    private static IEnumerable<Type> OwnTypes(string assembly) =>
        Assembly.Load(assembly).GetTypes().Where(type =>
            type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && type.Namespace?.StartsWith("McpConsole", StringComparison.Ordinal) == true
            && !type.Name.Contains('<', StringComparison.Ordinal));

    // What the Razor compiler makes of a file without code-behind is not sealed.
    private static bool IsRazor(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (type.Name == "_Imports" || parent.FullName == "Microsoft.AspNetCore.Components.ComponentBase")
            {
                return true;
            }
        }

        return false;
    }
}
