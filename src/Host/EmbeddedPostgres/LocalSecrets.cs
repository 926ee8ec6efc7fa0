using System.Security.Cryptography;
using System.Text.Json;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Host.EmbeddedPostgres;

/// <summary>The secrets of an embedded database: made once, kept in a file that only its owner may read.</summary>
/// <param name="Superuser">The password of the cluster's superuser.</param>
/// <param name="Roles">The passwords of the login roles.</param>
/// <param name="LinkKey">The key of invitation links, base64.</param>
/// <param name="StaffPassword">The password of the demo's first member of staff.</param>
internal sealed record LocalSecrets(string Superuser, IReadOnlyDictionary<string, string> Roles, string LinkKey, string StaffPassword)
{
    /// <summary>Reads or makes them; the caller holds the start lock.</summary>
    public static LocalSecrets ReadOrMake(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "secrets.json");
        try
        {
            if (File.Exists(path))
            {
                return JsonSerializer.Deserialize<LocalSecrets>(File.ReadAllBytes(path)) ?? throw new JsonException();
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FatalException($"{path} cannot be read ({exception.GetType().Name}): restore it, or set Portal__DataFolder to an empty folder.");
        }

        var secrets = new LocalSecrets(
            RandomPassword(),
            ConnectionSettings.Logins.ToDictionary(login => login, _ => RandomPassword()),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            RandomNumberGenerator.GetHexString(16, lowercase: true));
        Write(path, secrets);
        return secrets;
    }

    // Hexadecimal: it needs quoting neither in SQL nor in a connection string.
    private static string RandomPassword() => RandomNumberGenerator.GetHexString(48, lowercase: true);

    private static void Write(string path, LocalSecrets secrets)
    {
        // Written beside and renamed: a host that is killed here leaves no half file.
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, secrets);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }
}
