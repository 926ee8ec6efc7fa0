using System.Security.Cryptography;
using System.Text;
using ClientPortal.Platform.Database;
using Microsoft.Extensions.Caching.Memory;

namespace ClientPortal.Platform.Asking;

/// <summary>
/// Finds out whose session a secret is, anew for every request. While one statement is under way, those who come wait and then ask
/// together: the more there are, the less each costs, and nobody is told what was read before they asked. What was found is
/// remembered for queries to begin with; their own first statement says then whether it is still so.
/// </summary>
public sealed class WhoIsAsking(DataSources sources) : IDisposable
{
    private const int MostTogether = 500;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(5); // since it was last asked for

    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    private readonly Lock _gate = new();
    private readonly Queue<Question> _waiting = [];
    private bool _isAsking;

    /// <summary>The asker, or null when the session is unknown, ended or expired. At most one statement.</summary>
    public Task<Asker?> FindAsync(SessionSecret secret, CancellationToken cancellationToken) => FindAsync(secret.Token, cancellationToken);

    /// <summary>The asker as remembered, for a query to begin with; null when nothing is. Nothing may leave the host before <see cref="IsStillAsync"/>.</summary>
    internal Asker? Recall(SessionSecret secret) =>
        _remembered.Get<Asker>(secret.Token)?.Assumed();

    /// <summary>Whether the asker is as the request assumed. One statement at most; none when one of the request's own has said so. What was to be remembered of the request is stored then.</summary>
    internal async ValueTask<bool> IsStillAsync(Asker asker, CancellationToken cancellationToken)
    {
        if (asker.Assumption is not { } assumption)
        {
            return true;
        }

        var holds = assumption.Holds ?? (await FindAsync(asker.Token, cancellationToken) is { } now && now.Digest.AsSpan().SequenceEqual(assumption.Digest));
        if (holds && assumption.Opened is { } contactId)
        {
            await StoreAsync(asker, contactId, cancellationToken);
        }

        return holds;
    }

    private async Task<Asker?> FindAsync(string token, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new Question(token);
        bool asks;
        lock (_gate)
        {
            asks = !_isAsking;
            _isAsking = true;
            if (!asks)
            {
                _waiting.Enqueue(question);
            }
        }

        // No answer means: it is this one's turn to ask, for itself and whoever waits by now. It must not walk away then, so nothing cancels it.
        var answers = asks ? null : await question.Answers.Task;
        return (answers ?? await AskAsync(question)).GetValueOrDefault(token);
    }

    private async Task<Dictionary<string, Asker>> AskAsync(Question own)
    {
        var others = new List<Question>();
        try
        {
            lock (_gate)
            {
                while (others.Count < MostTogether && _waiting.TryDequeue(out var other))
                {
                    others.Add(other);
                }
            }

            var answers = await ReadAsync([.. others.Select(q => q.Token).Append(own.Token).Distinct()]);
            others.ForEach(q => q.Answers.SetResult(answers));
            return answers;
        }
        catch (Exception failure)
        {
            others.ForEach(q => q.Answers.SetException(failure));
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _isAsking = _waiting.TryDequeue(out var next);
                next?.Answers.SetResult(null);
            }
        }
    }

    private async Task<Dictionary<string, Asker>> ReadAsync(string[] tokens)
    {
        var told = await sources.QueryAsync(
            DbRole.Auth,
            $"select t.token, ctx.asker(t.token) from unnest({tokens}) t (token)",
            row => (Token: row.GetString(0), Asker: row.IsDBNull(1) ? null : row.GetString(1)), CancellationToken.None);
        var askers = new Dictionary<string, Asker>();
        foreach (var (token, asker) in told)
        {
            if (asker is null)
            {
                _remembered.Remove(token);
            }
            else
            {
                askers.Add(token, Keep(token, asker));
            }
        }

        return askers;
    }

    private Asker Keep(string token, string told)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(told));
        if (_remembered.Get<Asker>(token) is { } known && known.Digest.AsSpan().SequenceEqual(digest))
        {
            return known;
        }

        var asker = ToldAsker.Read(told).ToAsker(token, digest);
        return _remembered.Set(token, asker, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = RememberedFor });
    }

    /// <summary>Remembers whose portal was opened last, for the next request that names none; once it is confirmed who asks, and at once where that was read for this request.</summary>
    public Task RememberAsync(Asker asker, Membership membership, CancellationToken cancellationToken)
    {
        if (asker.Assumption is { } assumption)
        {
            assumption.Opened = asker.LastContactId == membership.ContactId ? null : membership.ContactId;
            return Task.CompletedTask;
        }

        return asker.LastContactId == membership.ContactId ? Task.CompletedTask : StoreAsync(asker, membership.ContactId, cancellationToken);
    }

    private async Task StoreAsync(Asker asker, Guid contactId, CancellationToken cancellationToken)
    {
        await sources.QueryAsync(DbRole.Auth, $"select invitations.remember_membership({asker.Token}, {contactId})", _ => 0, cancellationToken);
        _remembered.Remove(asker.Token);
    }

    /// <summary>Forgets whom it remembers.</summary>
    public void Dispose() => _remembered.Dispose();

    /// <summary>Somebody who waits: for what another's statement found, by token, or (null) for their turn to ask.</summary>
    private sealed class Question(string token)
    {
        public string Token { get; } = token;

        public TaskCompletionSource<Dictionary<string, Asker>?> Answers { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
