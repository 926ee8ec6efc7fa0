namespace ClientPortal.Platform.Import;

/// <summary>How far an import is.</summary>
/// <param name="File">The file being read.</param>
/// <param name="Fraction">The part of all bytes that is read, 0 to 1.</param>
public sealed record ImportProgress(string File, double Fraction);
