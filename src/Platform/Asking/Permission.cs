namespace ClientPortal.Platform.Asking;

/// <summary>`clients.invite` is needed for everything about invitations; the others guard their module's changes.</summary>
public enum Permission
{
    /// <summary>Invite, resend and revoke.</summary>
    ClientsInvite,

    /// <summary>Change clients, contacts and their access.</summary>
    ClientsManage,

    /// <summary>Change invoices and payments.</summary>
    BillingManage,

    /// <summary>Change projects and tickets.</summary>
    ProjectsManage,

    /// <summary>Change events.</summary>
    CalendarManage,

    /// <summary>See the portal as a contact sees it.</summary>
    PortalPreview,

    /// <summary>Add staff and set their permissions.</summary>
    StaffManage,

    /// <summary>Read the audit trail.</summary>
    AuditView,
}
