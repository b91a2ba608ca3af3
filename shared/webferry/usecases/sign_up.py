"""Signs a stranger up, where the operator lets strangers in."""

from dataclasses import dataclass

from webferry.access_ports import Turnstile
from webferry.domain.errors import Forbidden, RateLimited
from webferry.ports import Clock
from webferry.usecases.open_account import OpenAccount
from webferry.usecases.start_session import StartSession

WINDOW_MS = 3_600_000
ACCOUNTS_OF_ONE = 20


@dataclass(frozen=True, slots=True)
class SignUp:
    """Who has just signed up is signed in."""

    open_account: OpenAccount
    start: StartSession
    turnstile: Turnstile
    clock: Clock
    is_open: bool

    def __call__(self, email: str, password: str, source: str) -> str:
        """The text of a new session.

        Raises: Forbidden: sign-up is closed, RateLimited, InvalidRequest, Conflict, Unavailable.
        """
        if not self.is_open:
            raise Forbidden("Sign-up is closed here; ask the operator for an account")
        now_ms = self.clock.now_ms()
        if not self.turnstile.admit(f"sign-up#{source}", ACCOUNTS_OF_ONE, WINDOW_MS, now_ms):
            wait_s = (WINDOW_MS - now_ms % WINDOW_MS) // 1000 + 1
            raise RateLimited("Too many new accounts, try again later", retry_after_s=wait_s)
        return self.start(self.open_account(email, password).account.id)
