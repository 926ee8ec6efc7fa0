namespace ClientPortal.Platform.Clockwork;

/// <summary>Something that the database does again and again, once in the whole cluster each time; modules register theirs as a singleton.</summary>
/// <param name="Name">Its name, e.g. <c>invitations.expire</c>; what the schedule knows it by, so it never changes.</param>
/// <param name="Every">How long from one start to the next: what divides a minute, an hour or a day, counted from midnight UTC. One that was missed, because no host ran, is made up for once.</param>
/// <param name="Statement">What <see cref="Database.DbRole.Job"/> runs: selects the number of rows that it dealt with, a limited number at a call, and is repeated until there are none. Safe to repeat at any time.</param>
public sealed record ScheduledJob(string Name, TimeSpan Every, string Statement);
