using McpConsole.Domain.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpConsole.Infrastructure.Accounts;

/// <summary>A user as ASP.NET Core Identity keeps it, with what the console adds.</summary>
internal sealed class ConsoleUser : IdentityUser<Guid>
{
    public Role Role { get; set; }

    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignIn { get; set; }

    public UserInfo ToInfo(DateTimeOffset now) =>
        new(Id, UserName!, Role, Disabled, CreatedAt, LastSignIn, LockoutEnd > now ? LockoutEnd : null);
}

internal sealed class ConsoleUserConfiguration : IEntityTypeConfiguration<ConsoleUser>
{
    public void Configure(EntityTypeBuilder<ConsoleUser> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.Role).HasConversion<string>();
        builder.Property(user => user.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasIndex(user => user.NormalizedUserName).IsUnique();
        builder.Ignore(user => user.Email).Ignore(user => user.NormalizedEmail).Ignore(user => user.EmailConfirmed)
            .Ignore(user => user.PhoneNumber).Ignore(user => user.PhoneNumberConfirmed).Ignore(user => user.TwoFactorEnabled);
    }
}
