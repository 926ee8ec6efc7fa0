using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClientPortal.Platform.Migrations;

/// <summary>One SQL file, <c>NNNN_name.sql</c>, of a module.</summary>
internal sealed record MigrationFile(string Module, string Name, string Sql)
{
    public int Number { get; } = int.Parse(Name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);

    // Line endings are the work tree's business: the same file must hash alike on every machine.
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public override string ToString() => $"{Module}/{Name}";
}
