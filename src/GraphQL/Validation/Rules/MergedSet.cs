namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>Selection sets that are merged into one.</summary>
/// <param name="Parts">The selection sets.</param>
/// <param name="Origins">For each part, the field that it is selected by; null at the top.</param>
/// <param name="ShapeOnly">Whether the fields never meet in one object, so that only their shapes must agree.</param>
internal sealed record MergedSet(IReadOnlyList<SelectedFields> Parts, IReadOnlyList<MergedField?> Origins, bool ShapeOnly);

/// <summary>A field in a merged set, and the field above it that brought it there.</summary>
internal sealed record MergedField(SelectedField Field, MergedField? Origin);

/// <summary>Tells merged sets apart: by which selection sets they are made of, in whatever order.</summary>
internal readonly struct MergedSetKey : IEquatable<MergedSetKey>
{
    private readonly HashSet<SelectedFields> _parts;
    private readonly bool _shapeOnly;
    private readonly int _hash;

    public MergedSetKey(IReadOnlyList<SelectedFields> parts, bool shapeOnly)
    {
        _parts = [.. parts];
        _shapeOnly = shapeOnly;
        _hash = shapeOnly ? 1 : 0;
        foreach (var part in _parts)
        {
            // A sum does not depend on the order.
            _hash += part.GetHashCode();
        }
    }

    public bool Equals(MergedSetKey other) => _hash == other._hash && _shapeOnly == other._shapeOnly && _parts.SetEquals(other._parts);

    public override bool Equals(object? obj) => obj is MergedSetKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
