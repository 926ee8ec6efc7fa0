namespace ClientPortal.Isolation.Tests;

/// <summary>A test that takes many minutes: runs when the variable MUTANTS names the report's file.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MutationFactAttribute : FactAttribute
{
    public MutationFactAttribute() => Skip = Report is null ? "Takes some twenty minutes: MUTANTS=report.txt dotnet test tests/Isolation.Tests --filter MutationTests" : null;

    public static string? Report { get; } = Environment.GetEnvironmentVariable("MUTANTS") is { Length: > 0 } file ? file : null;
}
