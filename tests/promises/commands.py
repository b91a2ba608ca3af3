"""What `make up`, `make test` and the `webferry` command promise."""

from tests.promises.promise import read_promises

PROMISES = read_promises(
    "commands",
    """
1 commands.up.ready             make up serves the product on http://127.0.0.1:3000 and says so.
1 commands.up.demo              It writes baseUrl, apiKey, email, password and webhookSecret
                                to demo.json in the data directory.
1 commands.up.demo-key          The demo key opens the API.
1 commands.port                 WEBFERRY_PORT chooses the port.
1 commands.data                 WEBFERRY_DATA chooses the state directory.
1 commands.egress-allow         WEBFERRY_EGRESS_ALLOW lists hosts, networks and ports
                                that the egress guard lets through.
1 commands.stop                 Ctrl-C stops cleanly and keeps the data.
1 commands.survive              After kill -9 and a new start, accounts, keys and jobs are there.
1 commands.no-orphans           No worker process outlives the launcher.
1 commands.loopback             Nothing listens beyond loopback.
1 commands.engine-guard         A page of another origin cannot reach the engine.
1 commands.read-back            A declared property that did not take effect fails the start.
1 commands.port-taken           A taken port is told in one clear sentence.
1 commands.newer-data           A data directory of a newer version is told in one clear sentence.
1 commands.logs                 webferry logs shows what a function wrote.
1 commands.account              webferry account creates, disables and enables an account.
1 commands.keys                 webferry keys creates, lists and revokes keys.
1 commands.credits              webferry credits grant adds credits to an account.
1 commands.invoke               webferry invoke runs a function on an event from a file.
1 commands.status               webferry status shows functions, queues, tables and the browser.
1 commands.many-at-once         Thirty-two clients making keys and accounts at once
                                see no 5xx and no id twice.
1 commands.setup.python         An interpreter that is too old is refused with its version.
1 commands.setup.disk           Too little disk space is told before anything is installed.
1 commands.setup.once           The second start installs nothing and needs no network.
1 commands.lint.rooms           An upward import or a module without a room fails make lint.
1 commands.lint.budgets         A function of 41 lines fails make lint.
1 commands.lint.environment     Reading the environment outside the settings fails make lint.
""",
)
