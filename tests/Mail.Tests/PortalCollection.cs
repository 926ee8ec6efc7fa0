using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

[CollectionDefinition(nameof(PortalFixture))]
public sealed class PortalCollection : ICollectionFixture<PortalFixture>;
