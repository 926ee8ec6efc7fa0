namespace ClientPortal.GraphQL;

/// <summary>Settings of the engine. The defaults suit production.</summary>
public sealed class GraphQLOptions
{
    /// <summary>Whether the schema may be asked for (<c>__schema</c>, <c>__type</c>). Off by default: switch it on in development.</summary>
    public bool Introspection { get; set; }

    /// <summary>How long a request may run before its resolvers are cancelled; 30 seconds by default.</summary>
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory for parsed, validated and planned documents, in bytes of their texts and plans; 8 MB by default.</summary>
    public long DocumentCacheBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The rule of <c>node</c> and <c>nodes</c>; anyone by default, because the node resolvers themselves find only what the caller may see.</summary>
    public AuthorizeAttribute NodeRule { get; set; } = new AllowAnonymousAttribute();

    /// <summary>How many ids <c>nodes</c> takes; 100 by default.</summary>
    public int MaxNodes { get; set; } = 100;

    /// <summary>Bounds on documents.</summary>
    public Language.ParserOptions Parser { get; set; } = Language.ParserOptions.Default;

    /// <summary>Limits on what one operation may ask for, and how errors are told.</summary>
    public Validation.ValidationOptions Validation { get; set; } = new();

    /// <summary>The largest request body; 512 KB by default.</summary>
    public int MaxRequestBytes { get; set; } = 512 * 1024;

    /// <summary>
    /// Whether a request that a browser would send without asking for leave (a GET) needs the header <c>GraphQL-Preflight</c>: against CSRF.
    /// By default when it carries a cookie, since only then does it act for somebody.
    /// </summary>
    public Func<Microsoft.AspNetCore.Http.HttpContext, bool> PreflightRequired { get; set; } = static http => http.Request.Headers.Cookie.Count > 0;

    /// <summary>How often an idle stream or socket shows that it is alive; 15 seconds by default.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The clock of keep-alives and time limits.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Documents that may be asked for by their hash (<c>documentId</c> or <c>extensions.persistedQuery.sha256Hash</c>); null when there are none.</summary>
    public TrustedDocuments? TrustedDocuments { get; set; }

    /// <summary>Whether nothing but <see cref="TrustedDocuments"/> is run.</summary>
    public bool OnlyTrustedDocuments { get; set; }

    /// <summary>Whether a socket may be opened from the page it comes from. By default from pages of the same host, and by programs, which send no Origin.</summary>
    public Func<Microsoft.AspNetCore.Http.HttpContext, bool> AllowSocket { get; set; } = Transport.SameOrigin.Check;

    /// <summary>How long a socket may take to send <c>connection_init</c>; 10 seconds by default.</summary>
    public TimeSpan SocketInitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many operations may run on one socket at once; 50 by default.</summary>
    public int MaxOperationsPerSocket { get; set; } = 50;

    /// <summary>
    /// What the caller is told about an exception that means: something that the request needs is away for the moment. The error's
    /// code is <c>UNAVAILABLE</c> then; over HTTP the status is 503. Null for all other exceptions, as by default for all.
    /// </summary>
    public Func<Exception, string?> Unavailable { get; set; } = static _ => null;

    /// <summary>How long a message may wait for a client that does not read (the server's buffer for it is full by then) before the socket, or the stream of server-sent events, is closed as too slow; 10 seconds by default.</summary>
    public TimeSpan SlowSocketTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
