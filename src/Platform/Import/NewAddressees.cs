namespace ClientPortal.Platform.Import;

/// <summary>Addresses records of any kind to contacts. Given by the module that keeps the contacts, to those whose files name addressees.</summary>
/// <param name="rows">The rows (client, contact, kind, record).</param>
public sealed class NewAddressees(NewRows rows)
{
    /// <summary>Addresses a new record to a contact of its client.</summary>
    /// <param name="client">The client's id.</param>
    /// <param name="contact">The contact's id.</param>
    /// <param name="kind">The record's kind, e.g. <c>INVOICE</c>.</param>
    /// <param name="record">The record's id.</param>
    /// <param name="cancellationToken">Stops the import.</param>
    public Task AddAsync(Guid client, Guid contact, string kind, Guid record, CancellationToken cancellationToken) =>
        rows.AddAsync([client, contact, kind, record], cancellationToken);

    /// <summary>Writes them.</summary>
    public Task InsertAsync(CancellationToken cancellationToken) => rows.InsertAsync(cancellationToken);
}
