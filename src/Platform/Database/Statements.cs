using System.Runtime.ExceptionServices;
using ClientPortal.GraphQL;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>
/// Reads under a branch's session: the statements that a level of the request asks for go out together, behind the one that
/// says who is asking, in one transaction and one round trip. A resolver or a loader takes it as a parameter.
/// </summary>
public sealed class Statements(DataSources sources, [ScopedState] DbSession session) : BatchDataLoader<Statement, Statement>
{
    /// <summary>Runs a statement and reads every row.</summary>
    /// <param name="sql">One statement; what stands in its holes are its parameters.</param>
    /// <param name="read">Makes a value of a row, e.g. <see cref="Row{T}.Read"/>.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<List<T>> QueryAsync<T>(FormattableString sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var statement = new Statement<T>(sql, session, read);
        await LoadAsync(statement, cancellationToken);
        statement.Failure?.Throw();
        return statement.Rows;
    }

    /// <summary>Reads objects of a module's class.</summary>
    /// <param name="which">What follows <c>select … from table</c>, such as a condition and an order.</param>
    /// <param name="cancellationToken">The request's.</param>
    public Task<List<T>> RowsAsync<T>(FormattableString which, CancellationToken cancellationToken)
        where T : class, new() => QueryAsync($"select {Row<T>.Columns} from {Row<T>.Table} {which}", Row<T>.Read, cancellationToken);

    /// <summary>Reads objects by their ids, in the ids' order; null for one that is not there or not to be seen.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="idOf">An object's id.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<IReadOnlyList<T?>> ByIdAsync<T>(IReadOnlyList<Guid> ids, Func<T, Guid> idOf, CancellationToken cancellationToken)
        where T : class, new()
    {
        var found = (await RowsAsync<T>($"where id = any({ids})", cancellationToken)).ToDictionary(idOf);
        return [.. ids.Select(found.GetValueOrDefault)];
    }

    /// <inheritdoc/>
    protected override bool GoesLast => true;

    /// <inheritdoc/>
    protected override async Task<IReadOnlyDictionary<Statement, Statement>> LoadBatchAsync(IReadOnlyList<Statement> keys, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(keys, cancellationToken);
        }
        catch (PostgresException) when (keys.Count > 1)
        {
            // One of them failed and took the transaction with it. They only read: alone, the others succeed.
            foreach (var statement in keys)
            {
                await RunAloneAsync(statement, cancellationToken);
            }
        }

        return keys.ToDictionary(s => s);
    }

    private async Task RunAloneAsync(Statement statement, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync([statement], cancellationToken);
        }
        catch (PostgresException failure)
        {
            statement.Failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    private Task RunAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        Statement.RunAsync(sources, session.Role, session, statements, cancellationToken);
}

/// <summary>A statement on its way: what <see cref="Statements"/> sends.</summary>
public abstract class Statement
{
    private protected Statement(FormattableString sql, DbSession? session) => Command = SqlText.Command(sql, session);

    internal NpgsqlBatchCommand Command { get; }

    internal ExceptionDispatchInfo? Failure { get; set; }

    /// <summary>Runs them in one transaction and one round trip, behind who is asking where there is a session.</summary>
    internal static async Task RunAsync(DataSources sources, DbRole role, DbSession? session, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await using var batch = sources.CreateBatch(role);
        if (session is not null)
        {
            batch.BatchCommands.Add(session.ContextCommand());
        }

        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.Command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (session?.Assumption is { } assumption && await reader.ReadAsync(cancellationToken) && !reader.IsDBNull(0))
        {
            assumption.Hear(reader.GetBoolean(0));
        }

        var isAtFirst = session is null; // else the context's result comes before
        foreach (var statement in statements)
        {
            if (!isAtFirst)
            {
                await reader.NextResultAsync(cancellationToken);
            }

            isAtFirst = false;
            await statement.ReadAsync(reader, cancellationToken);
        }
    }

    private protected abstract Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken);
}

internal sealed class Statement<T>(FormattableString sql, DbSession? session, Func<NpgsqlDataReader, T> read) : Statement(sql, session)
{
    public List<T> Rows { get; private set; } = [];

    private protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        Rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            Rows.Add(read(reader));
        }
    }
}
