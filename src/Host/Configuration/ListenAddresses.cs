using System.Net;
using System.Net.Sockets;
using ClientPortal.Platform;
using Microsoft.AspNetCore.Connections;

namespace ClientPortal.Host.Configuration;

/// <summary>The addresses of <c>ASPNETCORE_URLS</c>.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://localhost:5080";

    /// <summary>Tries the addresses out before anything else is started.</summary>
    /// <exception cref="FatalException">One is malformed or taken.</exception>
    public static void EnsureFree(IConfiguration configuration)
    {
        foreach (var address in Read(configuration))
        {
            foreach (var ip in IpAddresses(address))
            {
                EnsureFree(address, new IPEndPoint(ip, address.Port));
            }
        }
    }

    /// <summary>The first address in the form that a browser on this machine can open.</summary>
    public static string Browsable(IConfiguration configuration)
    {
        var address = Read(configuration)[0];
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port, "/").Uri.ToString();
    }

    /// <summary>A failed start for the reason that an address was taken in the meantime; null when it failed for another.</summary>
    public static FatalException? Describe(Exception exception) => exception is IOException { InnerException: AddressInUseException taken }
        ? new FatalException($"{taken.Message.TrimEnd('.')}: stop what uses it, or set ASPNETCORE_URLS.")
        : null;

    private static IReadOnlyList<BindingAddress> Read(IConfiguration configuration)
    {
        var text = configuration[WebHostDefaults.ServerUrlsKey] ?? Default;
        try
        {
            return [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse)];
        }
        catch (FormatException)
        {
            throw new FatalException($"ASPNETCORE_URLS is not a list of addresses such as {Default}: {text}");
        }
    }

    private static IEnumerable<IPAddress> IpAddresses(BindingAddress address)
    {
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
        {
            return []; // nothing that another process could hold
        }

        if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        }

        return [IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Any];
    }

    private static void EnsureFree(BindingAddress address, IPEndPoint endPoint)
    {
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen();
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new FatalException(exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"Port {address.Port} is in use ({address}): stop what uses it, or set ASPNETCORE_URLS."
                : $"Port {address.Port} may not be listened on by this user ({address}): set ASPNETCORE_URLS to a port above 1023.");
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // A machine without IPv6; Kestrel listens on what is left, or says that nothing is.
        }
    }
}
