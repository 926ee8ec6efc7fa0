using ClientPortal.Testing;

namespace ClientPortal.Import.Tests;

[CollectionDefinition(nameof(PortalFixture))]
public sealed class PortalCollection : ICollectionFixture<PortalFixture>;
