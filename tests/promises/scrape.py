"""What the scrape document promises: the REST API under /v1 and the MCP server."""

from tests.promises.promise import read_promises

PROMISES = read_promises(
    "scrape",
    """
1 scrape.auth.bearer            The API key travels as a bearer token in the Authorization header.
1 scrape.health                 GET /v1/health tells the service status and asks for no key.
1 scrape.sync.answer            POST /v1/scrape with one URL returns the page inline.
1 scrape.sync.keys              The sync answer has requestId, mode and result, and no other key.
1 scrape.sync.result.keys       A result has url, status, cached, markdown and metadata.
1 scrape.sync.metadata.keys     Metadata has requestedUrl, finalUrl, title, httpStatus,
                                fetchDurationMs, fetchedAt and expiresAt.
1 scrape.sync.times             fetchedAt and expiresAt are integers: milliseconds since 1970.
1 scrape.sync.one-url           Sync mode takes exactly one URL.
1 scrape.mode.default           mode is sync when it is absent.
1 scrape.format.default         format is markdown when it is absent.
1 scrape.format.html            format html brings html instead of markdown.
1 scrape.format.both            format both brings markdown and html.
1 scrape.error.field            A failed scrape carries error with a code and a message.
1 scrape.code.invalid-url       INVALID_URL: the URL is malformed.
1 scrape.code.unsupported-scheme UNSUPPORTED_SCHEME: only http and https are fetched.
1 scrape.code.private-network   PRIVATE_NETWORK_TARGET: the URL leads to a private address.
1 scrape.code.timeout           TIMEOUT: the request took longer than its time-out.
1 scrape.code.fetch-failed      FETCH_FAILED: a network error or a status other than 2xx.
1 scrape.code.non-html          NON_HTML_RESPONSE: the content type is not HTML.
1 scrape.code.too-many-urls     TOO_MANY_URLS: more than five URLs in one request.
1 scrape.code.unauthorized      UNAUTHORIZED: the API key is missing or invalid.
1 scrape.code.user-disabled     USER_DISABLED: the account is disabled.
1 scrape.code.not-found         NOT_FOUND: no such job or resource.
1 scrape.code.internal-error    INTERNAL_ERROR: the server met a fault of its own.
4 scrape.code.rate-limited      RATE_LIMITED: too many requests.
4 scrape.async.answer           Async mode takes one to five URLs and returns
                                requestId, mode and jobId.
4 scrape.prompt.extract         A prompt of at most 10,000 characters is answered in extract.
1 scrape.config.timeout         config.timeoutMs is 1 to 120,000, by default 30,000.
4 scrape.config.concurrency     config.maxConcurrency is 1 to 5, by default 3.
4 scrape.config.cache-ttl       config.cacheTtlSeconds is 60 to 3,600, by default 3,600.
2 scrape.config.user-agent      config.userAgentProfile is default, mobile or tablet.
4 scrape.config.jitter          config.jitterMs is a range within 0 to 60,000,
                                by default 500 to 2,000.
4 scrape.job.status             GET /v1/jobs/:jobId has jobId, status, totalCount, completedCount,
                                successCount, failureCount and expiresAt.
4 scrape.job.statuses           A job is queued, running, completed, failed or partial.
4 scrape.job.results            GET /v1/jobs/:jobId/results brings the results
                                of a completed or partial job.
4 scrape.beyond.formats         formats brings links, metadata, records, screenshot or pdf
                                beside or in place of markdown and html.
4 scrape.beyond.metadata        The format metadata adds what the page says about itself.
4 scrape.beyond.records         The format records brings typed records, by a schema or without.
4 scrape.beyond.pictures        Screenshots and PDFs come as links that work for an hour.
4 scrape.beyond.parts           onlyMainContent, includeSelectors and excludeSelectors cut a page.
4 scrape.beyond.headers         Headers and cookies reach the site, and are stored sealed only.
4 scrape.beyond.wait            waitFor waits in a browser for a selector or a time.
4 scrape.beyond.bounds          Every further option is bounded, and what contradicts is refused.
4 scrape.cache.private          A page fetched with headers, cookies or a proxy is never cached.
4 scrape.cache.no-cache         noCache fetches the page anew.
4 scrape.cache.failures         Failures are not cached.
4 scrape.cache.faults           A fault of the cache never fails a scrape.
7 scrape.mcp.endpoint           An MCP client given only the /mcp URL can connect.
7 scrape.mcp.oauth              MCP clients sign in with OAuth 2.0 in a browser window.
7 scrape.mcp.token-cached       After access is granted, later requests need no browser.
7 scrape.mcp.scrape-url         The tool scrape_url takes url, format, timeout_ms,
                                user_agent_profile and prompt.
7 scrape.mcp.url-required       Only url is required; the rest has the defaults of the REST API.
7 scrape.mcp.timeout            timeout_ms is by default 30,000 and at most 120,000.
7 scrape.mcp.extract            The answer to prompt stands as JSON in the extract field.
""",
)
