namespace ClientPortal.Platform.Mail;

/// <summary>
/// For how long this host alone may send a mail it has claimed. Whoever sends looks once more right before the mail is
/// complete: a process that was stopped, or a machine that slept, wakes up in the middle of anything, and by then the mail may
/// be another host's.
/// </summary>
public sealed class MailLease
{
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly DateTimeOffset _beganAt;

    /// <summary>Begins now, so make it before the claim: the database's lease then ends no earlier.</summary>
    public MailLease(TimeProvider time)
    {
        _time = time;
        _began = time.GetTimestamp();
        _beganAt = time.GetUtcNow();
    }

    /// <summary>How long it is in all; the database says.</summary>
    public TimeSpan Length { get; set; }

    /// <summary>What is left of it; negative once it is over. By the stricter of two clocks: one may stand still while a machine sleeps, the other can be set.</summary>
    public TimeSpan Left
    {
        get
        {
            var (elapsed, passed) = (_time.GetElapsedTime(_began), _time.GetUtcNow() - _beganAt);
            return Length - (elapsed > passed ? elapsed : passed);
        }
    }

    /// <summary>How long one attempt may take: what is on its way then ends well within the lease, and within the half minute in which a host stops.</summary>
    public TimeSpan AttemptLimit => Length / 5;
}
