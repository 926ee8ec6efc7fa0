using System.Text.RegularExpressions;
using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>What the mail server saw, held against what was promised.</summary>
internal static partial class Wire
{
    /// <summary>Every mail counts that came to its last byte, whatever the server answered; between the end of one and the beginning of a later one.</summary>
    public static IReadOnlyList<string> Violations(Limits limits, IEnumerable<ReceivedMail> mails)
    {
        var violations = new List<string>();
        foreach (var recipient in mails.GroupBy(m => Mailbox(m.To.Single()), StringComparer.Ordinal))
        {
            var sent = recipient.OrderBy(m => m.ReceivedAt).ToList();
            for (var n = 1; n < sent.Count; n++)
            {
                Check(sent[n - 1], sent[n], limits.Gap, "gap");
                if (n >= 5)
                {
                    Check(sent[n - 5], sent[n], limits.Day, "window");
                }
            }

            void Check(ReceivedMail earlier, ReceivedMail later, TimeSpan atLeast, string what)
            {
                if (later.StartedAt - earlier.ReceivedAt < atLeast.TotalMilliseconds)
                {
                    violations.Add($"{what}: {later.StartedAt - earlier.ReceivedAt} ms to {recipient.Key}");
                }
            }
        }

        return violations;
    }

    // As the tests write addresses; the portal has its own idea of what is one mailbox.
    private static string Mailbox(string address) => Tag().Replace(address.ToLowerInvariant().TrimEnd('.'), "@");

    /// <summary>Copies of one mail that the server did not refuse: two at most, with one id and one link.</summary>
    public static void AssertAtMostTwoCopies(IEnumerable<ReceivedMail> mails)
    {
        foreach (var copies in mails.GroupBy(m => m.MessageId))
        {
            Assert.InRange(copies.Count(m => m.Fault is null or "drop" or "never"), 0, 2);
            Assert.Single(copies.Select(m => Link().Match(m.Text).Value).Distinct());
        }
    }

    [GeneratedRegex(@"https?://\S+/invitation/[\w-]{43}")]
    private static partial Regex Link();

    [GeneratedRegex(@"\+[^@]*@")]
    private static partial Regex Tag();
}
