using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ClientPortal.GraphQL.Transport;

/// <summary>Stands between the server and its WebSocket middleware, to know the stream below a WebSocket: of HTTP/1.1, or of a later version.</summary>
internal sealed class SocketUpgrade(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect) : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    public FrameStream? Frames { get; private set; }

    public bool IsUpgradableRequest => upgrade?.IsUpgradableRequest == true;

    public bool IsExtendedConnect => connect?.IsExtendedConnect == true;

    public string? Protocol => connect?.Protocol;

    /// <summary>Before the middleware sees the request.</summary>
    public static void Watch(HttpContext http)
    {
        var (upgrade, connect) = (http.Features.Get<IHttpUpgradeFeature>(), http.Features.Get<IHttpExtendedConnectFeature>());
        if (upgrade?.IsUpgradableRequest == true || connect?.IsExtendedConnect == true)
        {
            var watching = new SocketUpgrade(upgrade, connect);
            http.Features.Set<IHttpUpgradeFeature>(watching);
            http.Features.Set<IHttpExtendedConnectFeature>(watching);
            http.Features.Set(watching);
        }
    }

    public async Task<Stream> UpgradeAsync() => Frames = new FrameStream(await upgrade!.UpgradeAsync());

    public async ValueTask<Stream> AcceptAsync() => Frames = new FrameStream(await connect!.AcceptAsync());
}
