using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.Platform.Asking;

namespace ClientPortal.Accounts;

// The policy shows staff to staff and nobody else to anyone.
[Table("person", Schema = "accounts")]
internal sealed class StaffMember
{
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Email { get; private set; } = "";

    public bool Active { get; private set; }
}

[Table("staff_permission", Schema = "accounts")]
internal sealed class StaffPermission
{
    public Guid PersonId { get; private set; }

    public Permission Permission { get; private set; }
}
