using System.Text;
using ClientPortal.Host.Import;

namespace ClientPortal.Import.Tests;

/// <summary>A folder of its own to spoil: a small one written here, or a copy of the demo's.</summary>
internal sealed class ImportFolder : IDisposable
{
    // Client C-2 counts in yen. Every file's last row stands on the line that LastLine says.
    private static readonly Dictionary<string, string[]> Small = new()
    {
        ["clients.csv"] = ["number,name,status,internal,currency", "C-1,First,active,false,EUR", "C-2,Second,inactive,true,JPY"],
        ["contacts.csv"] =
        [
            "client_number,name,email,job_title,invoices,tickets,projects,events,notify_invoices",
            "C-1,Ann,Ann@one.example,Accountant,all,none,addressed,all,true", "C-2,Bob,bob@two.example,,none,all,all,none,false",
        ],
        ["invoices.csv"] =
        [
            "number,client_number,status,issued_on,due_on,currency,public_note,internal_note,addressees",
            "I-1,C-1,issued,2026-01-31,2026-02-28,EUR,Thanks,,ann@ONE.example", "I-2,C-2,draft,,,JPY,,,",
        ],
        ["invoice_lines.csv"] =
        [
            "invoice_number,position,description,quantity,unit_price,tax_rate", "I-1,1,Work,0.5,0.05,19", "I-1,2,Work,1.5,0.03,19.0", "I-2,1,Work,3,1000,0",
        ],
        ["payments.csv"] = ["number,invoice_number,received_on,amount,method", "P-1,I-1,2026-02-03,0.03,card", "P-2,I-2,2026-02-03,full,cash"],
        ["projects.csv"] =
        [
            "id,client_number,name,status,progress,starts_on,due_on,budget,internal_note",
            "PR-1,C-1,Alpha,active,50,2026-01-01,2026-06-30,1000.50,", "PR-2,C-2,Beta,planned,0,,,5000,",
        ],
        ["tickets.csv"] =
        [
            "number,client_number,project,title,status,worked_on,hours,cost,invoice_number",
            "T-1,C-1,PR-1,Review,invoiced,2026-01-02,2.25,84.41,I-1", "T-2,C-2,,Visit,approved,2026-01-02,1,8000,",
        ],
        ["events.csv"] =
        [
            "client_number,project,kind,title,starts_at,ends_at,all_day,shared",
            "C-1,PR-1,meeting,Kick-off,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,false,true", "C-2,,other,Party,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,true,false",
        ],
    };

    private ImportFolder()
    {
        Path = Directory.CreateTempSubdirectory("import-tests-").FullName;
    }

    public string Path { get; }

    public static ImportFolder WithTwoClients()
    {
        var folder = new ImportFolder();
        foreach (var (file, rows) in Small)
        {
            File.WriteAllLines(folder.PathOf(file), rows);
        }

        return folder;
    }

    public static ImportFolder OfDemo()
    {
        var folder = new ImportFolder();
        foreach (var file in Directory.GetFiles(DemoData.Folder, "*.csv"))
        {
            File.Copy(file, folder.PathOf(System.IO.Path.GetFileName(file)));
        }

        return folder;
    }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public int LastLine(string file) => File.ReadAllLines(PathOf(file)).Length;

    public void Append(string file, string rows) => File.AppendAllText(PathOf(file), rows + "\n");

    public void Replace(string file, string old, string with)
    {
        var text = File.ReadAllText(PathOf(file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(file), text.Replace(old, with, StringComparison.Ordinal));
    }

    public void Recode(string file, Encoding encoding) => File.WriteAllText(PathOf(file), File.ReadAllText(PathOf(file)), encoding);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
