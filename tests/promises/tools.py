"""What the tools document promises: jobs, credits and webhooks under /api/v1."""

from tests.promises.promise import read_promises

PROMISES = read_promises(
    "tools",
    """
1 tools.auth.bearer             The API key travels as a bearer token in the Authorization header.
5 tools.key.page                A signed-in user can make an API key on the API-key page.
5 tools.catalog                 The catalogue lists every tool with its unique slug.
5 tools.catalog.web-scraper     The tool web-scraper brings the content of any web page.
5 tools.catalog.ai-generator    The tool ai-generator makes images from text.
5 tools.catalog.instagram       The tool instagram-scraper brings public profile data.
5 tools.javascript              web-scraper renders a page's scripts when javascript is true.
5 tools.execute                 POST /tools/{slug}/execute submits a job and returns at once.
5 tools.execute.keys            The created job has jobId, status pending and estimatedCredits.
5 tools.job.read                GET /tools/jobs/{jobId} tells how the job stands.
5 tools.job.success             A finished job has status success, creditsUsed and result.
5 tools.job.items               result.items hold url, html and data.
5 tools.job.failed              A failed job has status failed and the error as text.
5 tools.job.failed.text         An upstream refusal reads: Target URL returned 403 Forbidden.
5 tools.job.poll                The printed bash loop ends when the job has ended.
1 tools.credits.welcome         A new account gets 50 welcome credits.
5 tools.credits.free-runs       Any tool can be run three times a day with no credits left.
5 tools.credits.packs           A credit pack can be bought.
5 tools.credits.balance         The balance can be checked before a bulk operation.
5 tools.credits.insufficient    402 says Insufficient credits with required and available.
5 tools.webhook.url             An optional webhookUrl gets the result when the job ends.
5 tools.webhook.payload         The payload has event, jobId, toolSlug, status, result,
                                creditsCharged, error, errorCode and timestamp.
5 tools.webhook.timestamp       timestamp is ISO 8601 with milliseconds and Z.
5 tools.webhook.signature       X-Mapiok-Signature is sha256= and the hex HMAC of the raw body.
5 tools.webhook.verifier        The printed verifier accepts a delivery and refuses a changed one.
5 tools.webhook.secret          The signing secret stands on the API-key page.
5 tools.webhook.retries         A failed delivery is retried three times, after 5, 30 and 120 s.
5 tools.webhook.https           The webhook URL must be HTTPS.
5 tools.webhook.deadline        The receiver has ten seconds to answer.
5 tools.rate-limit              Too many requests are answered with 429.
""",
)
