namespace ClientPortal.GraphQL.Tests.Conformance;

/// <summary>A test that needs the conformance cases and Node.js; it says why when it does not run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute()
    {
        if (!Directory.Exists(Repository.Cases))
        {
            Skip = $"Not run: there are no conformance cases in {Repository.Cases}.";
        }
        else if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "npm"))))
        {
            Skip = "Not run: the conformance runner needs Node.js and npm.";
        }
    }
}
