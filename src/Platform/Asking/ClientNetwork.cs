using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ClientPortal.Platform.Asking;

/// <summary>The network that a request comes from: as far as one attacker changes addresses without effort.</summary>
public static class ClientNetwork
{
    /// <summary>An IPv4 address's /24 or an IPv6 address's /64; empty when there is no request.</summary>
    public static string Of(HttpContext? http)
    {
        if (http?.Connection.RemoteIpAddress is not { } address)
        {
            return "";
        }

        var (plain, kept) = address.IsIPv4MappedToIPv6 ? (address.MapToIPv4(), 3) : (address, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8);
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
