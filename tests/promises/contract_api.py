"""What the contract promises about dialects, accounts, keys and every request."""

from tests.promises.promise import read_promises

PROMISES = read_promises(
    "contract",
    """
1 dialect.auth.either-header    Every route takes a bearer token or X-API-Key.
1 dialect.auth.two-keys         Two different keys in one request are refused with 401.
1 dialect.success.scrape        The scrape dialect answers with a bare object.
1 dialect.success.flows         The flows dialect answers with data and total, or message.
5 dialect.success.tools         The tools dialect answers with data.
1 dialect.error.scrape          A scrape error is {"error":{"code","message"}}.
1 dialect.error.tools           A tools error is {"error":text,"details":{}}.
1 dialect.error.flows           A flows error is the tools form with a code.
1 dialect.error.unknown-path    An unknown path is answered in the dialect's own form.
1 dialect.error.wrong-method    A wrong method is a 405 in the dialect's own form.
1 dialect.error.bad-json        Bad JSON or wrong types are a clear 4xx in the dialect's own form.
1 dialect.error.fault           A fault of ours is a 500 in the dialect's own form,
                                without stack or host name.
7 dialect.error.oauth           OAuth errors have error and error_description.
7 dialect.error.mcp             MCP errors are JSON-RPC errors.
5 dialect.state.tools           Tools say pending, running, success or failed.
5 dialect.state.cancelled       A cancelled job reads failed with errorCode CANCELLED in tools.
6 dialect.state.flows           A partial run reads completed with a warning in its log.
4 dialect.state.scrape          A cancelled job reads failed in the scrape dialect.
6 dialect.id.flows              Flow and run ids are the word and milliseconds, never twice.
1 dialect.id.keys               Key ids are key- and milliseconds, never twice.
4 dialect.id.jobs               Job ids of the scrape dialect begin with job_.
5 dialect.time.tools            Tools write ISO 8601 with milliseconds and Z.
1 dialect.time.flows            Flows write ISO 8601 seconds and Z.
1 dialect.time.scrape           Scrape writes epoch milliseconds as integers.
1 dialect.names                 Names on the wire are camelCase.
1 dialect.compact               JSON is compact and UTF-8.
5 dialect.one-status            A tools job body holds exactly one "status" key.

5 account.sign-up               Sign-up takes email and password, kept with argon2id.
7 account.session               The session cookie is HttpOnly, Secure, SameSite=Lax, CSRF-proof.
7 account.sign-up.closed        An operator can close sign-up.
1 account.password              A password is kept only as an argon2id hash.
1 account.disabled              A disabled account is refused with 403 USER_DISABLED everywhere.
1 account.enabled               A disabled account can be enabled again.
1 account.grant                 An operator can grant credits.
1 account.welcome               A new account gets 50 credits, once, as a ledger entry.
1 key.format                    A key is scr_live_, at least 32 random characters and a checksum.
1 key.checksum                  A key with a wrong checksum is refused.
1 key.hashed                    Only a keyed hash of a key is stored.
1 key.masked                    A key is listed as scr_live_**** and its last four.
1 key.listed                    The list shows name, scopes, createdAt and lastUsedAt.
1 key.mint.scope                A key cannot grant a scope its maker lacks.
1 key.mint.default              A key made without scopes gets all of its maker's.
1 key.revoke                    DELETE /api/keys/:id revokes at once.
1 key.scopes                    The tools, scrape, extract, keys, credits and webhooks scopes
                                exist beside those of flows and runs.
1 key.scope.missing             A missing scope is refused with 403.
5 webhook.secret.account        The signing secret is one per account and begins with whsec_.
5 webhook.secret.rotate         After a rotation both secrets sign for a while.

4 request.idempotency           The same Idempotency-Key replays the first answer.
4 request.idempotency.parallel  Twenty identical POSTs at once with one key are one job.
4 request.idempotency.conflict  The same key with another body is refused with 409.
4 request.generated            Generated requests get the answers that the documents promise.
4 request.tenants              Every operation with an id tells nothing of another tenant.
4 request.scopes               Each operation is opened by one scope and by no other.
4 request.rate-limit            429 carries Retry-After and RateLimit-Limit, Remaining and Reset.
1 request.foreign-id            Another account's id is a 404 like an unknown one.
1 request.id                    Every answer carries a request id.
1 request.openapi               Each dialect describes itself at /openapi.json.
1 request.size                  Too large a body is a clear 4xx and nothing is stored.
5 request.nothing-charged       A refused request charges nothing.
5 billing.modes                 Billing is tools, all or off; only the Tools API by default.
4 cost.recorded                 Each task records milliseconds and memory, requests and bytes.
4 cost.usd                      One versioned price table turns the record into US dollars.

1 egress.one-guard              Every outgoing request passes one guard.
1 egress.connected-address      The guard checks the address that is really dialled.
1 egress.special-addresses      Private, loopback, link-local, CGNAT, multicast, reserved,
                                IPv4-in-IPv6 and metadata addresses are refused.
1 egress.redirects              Redirects pass the guard hop by hop.
2 egress.browser                Every sub-request of the browser passes the guard.
5 egress.webhooks               Webhooks pass the guard.
1 egress.allow                  WEBFERRY_EGRESS_ALLOW opens exceptions and is empty by default.
5 egress.allow.webhooks         A webhook to an allowed host may be plain http.
""",
)
