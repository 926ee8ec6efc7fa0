using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.GraphQL;

namespace ClientPortal.Clients;

[Table("contact", Schema = "clients")]
internal sealed class Contact : IHasId
{
    public Guid Id { get; private set; }

    public Guid ClientId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Email { get; private set; }

    public string? JobTitle { get; private set; }
}
