namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.2.3.1 Lone Anonymous Operation: an operation without a name stands alone.</summary>
internal static class LoneAnonymousOperation
{
    public static void Check(ValidationContext context)
    {
        if (context.Operations.Count < 2)
        {
            return;
        }

        foreach (var operation in context.Operations)
        {
            if (operation.Name is null)
            {
                context.Report("An anonymous operation must be the only operation of its document.", operation);
            }
        }
    }
}
