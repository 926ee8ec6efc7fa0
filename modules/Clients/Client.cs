using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.GraphQL;

namespace ClientPortal.Clients;

internal enum ClientStatus
{
    Active,
    Inactive,
}

[Table("client", Schema = "clients")]
internal sealed class Client : IHasId
{
    public Guid Id { get; private set; }

    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public ClientStatus Status { get; private set; }

    public bool Internal { get; private set; }

    public string Currency { get; private set; } = "";
}

// Columns of the same table that contacts may not select.
[Table("client", Schema = "clients")]
internal sealed class ClientForStaff
{
    public Guid Id { get; private set; }

    public string? InternalNote { get; private set; }
}
