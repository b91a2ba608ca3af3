"""What the flows document promises: flows, runs, extract and keys under /api."""

from tests.promises.promise import read_promises

PROMISES = read_promises(
    "flows",
    """
1 flows.auth.required           Every endpoint needs an API key in the X-API-Key header.
6 flows.curl                    Every curl command of the document works as printed.
6 flows.fetch                   Every fetch of the document works as printed.
6 flows.ids                     Fifty flows that are made at once have fifty ids.
6 flows.list                    GET /flows lists the flows with data and total.
6 flows.list.item               A listed flow has id, name, status, mode, url, successRate,
                                totalRuns and createdAt.
6 flows.list.status             The list is filtered by status: active, paused, draft or error.
6 flows.list.mode               The list is filtered by mode: extract, interact or monitor.
6 flows.create                  POST /flows makes a flow and returns id, name, status, createdAt.
6 flows.create.draft            A new flow has status draft.
6 flows.create.fields           A flow is made of name, description, url, mode, steps, outputSchema.
6 flows.create.short            name, url and mode are enough to make a flow.
6 flows.read                    GET /flows/:id brings one flow with steps and outputSchema.
6 flows.update                  PUT /flows/:id merge-patches the given fields.
6 flows.update.answer           The update returns id, name, status and updatedAt.
6 flows.delete                  DELETE /flows/:id deletes and says so in message.
6 flows.runs.list               GET /runs lists the runs with data and total.
6 flows.runs.item               A listed run has id, flowId, flowName, status, startedAt,
                                duration, itemsExtracted and cost.
6 flows.runs.flow-id            The list is filtered by flowId.
6 flows.runs.status             The list is filtered by status: queued, running, completed,
                                failed or cancelled.
6 flows.runs.start              POST /runs starts a run of a flow.
6 flows.runs.start.queued       A started run has status queued and cost 0.
6 flows.runs.read               GET /runs/:id brings one run with its full logs.
6 flows.runs.log-line           A log line has timestamp, level and message.
6 flows.runs.preview            A finished run shows outputPreview.
6 flows.extract                 POST /extract returns structured data without making a flow.
6 flows.extract.answer          The answer has url, extractedAt, itemCount and items.
6 flows.extract.schema          Items have the schema's names and types.
6 flows.extract.optional        instructions and schema are optional.
1 flows.keys.list               GET /keys lists the account's keys with data and total.
1 flows.keys.masked             A listed key is masked: scr_live_**** and the last four.
1 flows.keys.item               A listed key has id, name, key, createdAt and scopes.
1 flows.keys.create             POST /keys makes a key with a name and scopes.
1 flows.keys.create.answer      The answer has id, name, the full key, createdAt and scopes.
1 flows.keys.once               The full key is shown once, when it is made.
1 flows.keys.scopes             flows:read, flows:write, runs:read and runs:write are scopes.
""",
)
