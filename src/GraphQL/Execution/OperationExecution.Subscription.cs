namespace ClientPortal.GraphQL.Execution;

/// <summary>Opening a subscription's stream (section 6.2.3.1).</summary>
internal sealed partial class OperationExecution
{
    /// <summary>What may run for a subscriber together with others who ask for the same: the plan, and which variables.</summary>
    public OperationPlan Plan => plan;

    /// <summary>Whether the rule of the one root field lets the subscriber have an event.</summary>
    public async ValueTask<bool> AllowsAsync()
    {
        var field = plan.Root.Fields[0];
        var root = new ResultObject(plan.Root, null, Request.RootScope, null, 0);
        return field.Definition.Rule is not { } rule || await rule.CheckAsync(new ResolverContext(this, field, root, 0, root.Scope, ArgumentValues.None)) is null;
    }

    /// <summary>Opens the stream of the one root field, its rule first. Null when that failed; see <see cref="Errors"/>.</summary>
    public async Task<IAsyncEnumerable<object?>?> OpenSourceAsync()
    {
        if (plan.Root.Fields.Length == 0)
        {
            // Validation lets no such document through; execution stays sound without it.
            Errors.Add(new GraphQLError("A subscription must select one root field.") { Code = ExecutionCodes.BadRequest });
            return null;
        }

        var field = plan.Root.Fields[0];
        var root = new ResultObject(plan.Root, null, Request.RootScope, null, 0);
        try
        {
            if (field.Definition.Rule is { } rule && await rule.CheckAsync(new ResolverContext(this, field, root, 0, root.Scope, ArgumentValues.None)) is { } refusal)
            {
                throw new GraphQLException(refusal.Message, refusal.Code);
            }

            var source = field.Definition.Source ?? throw new InvalidOperationException($"{field.Type}.{field.Definition.Name} has no stream.");
            var arguments = field.Arguments(variables, source.Arguments);
            return await source.Open(new ResolverContext(this, field, root, 0, root.Scope, arguments));
        }
#pragma warning disable CA1031 // As with any field: reported, masked, logged.
        catch (Exception exception) when (exception is not OperationCanceledException || !aborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Fail(exception, field, root, 0);
            return null;
        }
    }
}
