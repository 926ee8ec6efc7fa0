namespace ClientPortal.Platform.Import;

/// <summary>What an import did: when anything is wrong, nothing was written.</summary>
/// <param name="Files">The files in the order in which they were read.</param>
/// <param name="Errors">The first hundred things that are wrong, one line each, by file and line.</param>
/// <param name="ErrorCount">How many there are in all.</param>
public sealed record ImportResult(IReadOnlyList<ImportedFile> Files, IReadOnlyList<string> Errors, int ErrorCount);

/// <summary>What became of one file's rows.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Added">Rows that were new.</param>
/// <param name="Present">Rows that were in the portal before; they were left as they are there.</param>
public sealed record ImportedFile(string Name, int Added, int Present);
