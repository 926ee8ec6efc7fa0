using ClientPortal.Testing;

namespace ClientPortal.Host.Tests;

[CollectionDefinition(nameof(PortalFixture))]
public sealed class PortalCollection : ICollectionFixture<PortalFixture>;
