"""What the contract promises about tools, webhooks, flows, scrapes and agents."""

from tests.promises.promise import read_promises

PROMISES = read_promises(
    "contract",
    """
5 tool.catalog                  GET /api/v1/tools tells slug, name, description, input schema,
                                credits, and whether it is available or why not.
5 tool.read                     GET /api/v1/tools/{slug} brings one tool.
5 tool.execute.accepted         Execute answers 202.
5 tool.jobs.list                GET /api/v1/tools/jobs filters by status and tool and has a cursor.
5 tool.jobs.cancel              POST /api/v1/tools/jobs/{jobId}/cancel cancels a job.
5 tool.input.invalid            Input outside the schema is 400 with a reason per field.
5 tool.slug.unknown             An unknown slug is 404.
5 tool.webhook-url.public       webhookUrl must be HTTPS and public, else 400.
2 tool.javascript.true          javascript true means the browser.
2 tool.javascript.false         javascript false means plain HTTP.
2 tool.javascript.absent        Without javascript, HTTP goes first and the browser follows
                                when the page is an empty shell.
5 tool.more                     screenshot, pdf, markdown, metadata, links, sitemap, tables,
5 tool.one-file               A new tool is one new file.
                                structured-data and feed are tools too.
5 tool.unavailable              A tool without its provider is listed with the reason;
                                execute is 503 and charges nothing.
5 tool.never-fake               No tool ever returns a made-up result.
5 tool.upstream-status          An upstream status reads: Target URL returned 403 Forbidden.
5 credit.hold                   The price is held when a job is submitted.
5 credit.capture                A success captures the held price.
5 credit.release                A failure or a cancel releases the held price.
5 credit.order                  Credits go first, then three free runs per tool and UTC day.
5 credit.exhausted              When both are gone the answer is 402 with its exact body.
5 credit.failed-page            A blocked, empty or failed page costs nothing.
5 credit.same-figure            estimatedCredits, creditsUsed and creditsCharged agree.
5 credit.free-run.zero          A free run shows 0 credits.
5 credit.read                   GET /api/v1/credits shows balance, held, freeRuns and resetsAt.
5 credit.ledger                 GET /api/v1/credits/ledger pages through the entries.
5 credit.packs                  GET /api/v1/credits/packs lists the packs.
5 credit.refund                A refund takes back what is left of its credits, once.

5 webhook.keys                  The payload always has every key.
5 webhook.event                 event is job.completed on success, else job.failed.
5 webhook.standard-headers      webhook-id, webhook-timestamp and webhook-signature come along.
5 webhook.content-type          The content type is application/json.
5 webhook.failure               A status other than 2xx, a redirect or a network error is a failure.
5 webhook.attempts              Four attempts are made in all, driven by a state machine.
5 webhook.never-lost            No completed job ever loses its webhook.
5 webhook.log                   GET /api/v1/webhooks/deliveries shows each attempt.
5 webhook.redeliver             A redelivery has the same id and the same body.
5 webhook.claim-check           A result too large for a receiver is named by its address.
5 webhook.test                  A receiver can be sent a signed test event.
5 webhook.rotation              The secret rotates with an overlap in which both secrets sign.
5 webhook.neighbours            A receiver that keeps senders waiting does not delay others.
5 event.job-ended               The end of every job is an event on the stack's bus.

6 flow.filter.invalid           A status or mode outside its set is 400.
6 flow.total                    total counts the matches before paging.
6 flow.paging                   limit and cursor page through a list.
6 flow.patch                    PUT is a merge patch: null deletes, unknown fields are 400.
6 flow.run.paused               A flow runs in any status but paused, which is 409.
6 flow.steps                    Eleven step types exist; an unknown one is 400 and named.
6 flow.steps.none               A flow without steps navigates and extracts.
6 flow.mode.extract             Mode extract brings records by outputSchema.
6 flow.mode.interact            Mode interact drives a real browser.
6 flow.mode.monitor             Mode monitor compares each run with the last, field by field.
6 flow.monitor.change           A change is an event and a webhook.
6 flow.success-rate             successRate is completed of completed and failed, one decimal.
6 flow.run.cancel               POST /api/runs/:id/cancel cancels a run.
6 flow.run.output               GET /api/runs/:id/output gives json, jsonl or csv.
6 flow.run.logs                 Logs are complete and in order.
6 flow.run.logs-live            The log of a run grows while the run is under way.
6 flow.run.worker-lost          A run whose worker is lost begins again once if its steps only
                                look, and else fails, with the log of its first attempt.
6 flow.steps.shop               One flow with steps walks through a shop: login, search, pages,
                                endless lists, lazy prices, windows; its records are exact.
6 flow.secrets                  PUT, GET and DELETE keep secrets of an account, sealed; they are
                                never shown again, and hidden in all that a run shows.
3 extract.without-model         Extraction works without any model.
3 extract.coercion              Typed values are coerced: "$79.99" is 79.99 as a number.
3 extract.schema.inferred       An absent schema is inferred.
6 extract.model                 A configured model answers what structure cannot.
3 extract.never-invented        Every value stands in the page.
6 extract.plan                  What a run has learnt of a page is kept for the next; where it no
                                longer holds, it is learnt anew, and the log says so.
6 flow.monitor.noise            Twenty kinds of noise on a page are no change.
6 flow.monitor.exact            Twenty real changes are told with what was and what is; never a
                                change from a value to itself.
6 flow.changes                  GET /api/flows/:id/changes lists the changes of a flow's runs,
                                each with what was and what is, page by page.

4 scrape.bounds                 Every bound is checked at its minimum, maximum and one beyond.
1 scrape.sync.not-one           Sync with a number of URLs other than one is TOO_MANY_URLS,
                                with none INVALID_REQUEST.
1 scrape.status-of-codes        Each code has its HTTP status.
1 scrape.failure.twice          A failed sync page carries error at the top and in result.
4 scrape.failure.async          In async each result carries its own error.
4 scrape.cache.ttl              expiresAt minus fetchedAt is the time to live.
4 scrape.cache.hit              A cached answer keeps its first fetchedAt and says cached.
4 scrape.cache.key              The cache key holds url, profile, engine and account.
4 scrape.jitter                 Jitter is a queue delay, never a sleeping function.
4 scrape.outlives               A sync scrape that outlives the wait answers 504 with a jobId.

4 jobs.storm                    While workers and the launcher are killed and the cloud fails, no
                                accepted job is lost, counted twice or left open.

7 mcp.transport                 /mcp is stateless Streamable HTTP, this spec and the two before.
7 mcp.tools                     Batch scrape, job status and extract are tools beside scrape_url.
7 mcp.untrusted                 Output is marked as untrusted page content.
7 mcp.bounded                   Output is bounded in size and goes on with a cursor.
7 oauth.discovery               401 leads by WWW-Authenticate to both metadata documents.
7 oauth.registration            A client can register itself.
7 oauth.code                    Authorization code with PKCE S256, sign-in and consent page.
7 oauth.audience                The access token is bound to its audience.
7 oauth.rotation                Refresh tokens rotate and can be revoked.
7 oauth.apps                    A user sees connected applications and cuts one off at once.
7 oauth.api-key                 An API key is accepted as a bearer token too.
""",
)
