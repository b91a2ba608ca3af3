"""Signs somebody in: who guesses learns nothing, neither from the answer nor from its time."""

from dataclasses import dataclass

from webferry.access_ports import Checker, Credentials, Turnstile
from webferry.domain import accounts
from webferry.domain.errors import InvalidRequest, RateLimited, Unauthorized, UserDisabled
from webferry.domain.keys import digest
from webferry.ports import Clock, Pepper
from webferry.usecases.start_session import StartSession

WINDOW_MS = 15 * 60_000
TRIES_OF_ONE_AT_ONE = 10
TRIES_OF_ONE = 60
TRIES_AT_ONE = 200
# What a password is compared with where there is no account: nobody knows what it is a hash of.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZWJvZHkgZWxzZQ$Rk9SRVZFUi1VTktOT1dOLUJZLUFOWU9ORS1BVC1BTEw"
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Every try is counted before the password is looked at."""

    credentials: Credentials
    checker: Checker
    turnstile: Turnstile
    start: StartSession
    pepper: Pepper
    clock: Clock

    def __call__(self, email: str, password: str, source: str) -> str:
        """The text of a new session.

        Raises: Unauthorized: not this email with this password, UserDisabled, RateLimited,
        Unavailable.
        """
        try:
            email = accounts.normal_email(email)
        except InvalidRequest:
            email = ""
        self._count(email, source)
        account, password_hash = self.credentials.find(email) or (None, NOBODY)
        # A longer password is nobody's, and would only cost time.
        given = password[: accounts.MAX_PASSWORD_LENGTH + 1]
        if not self.checker.matches(password_hash, given) or account is None:
            raise Unauthorized("That email and password do not belong together")
        if not account.enabled:
            raise UserDisabled("Account is disabled")
        return self.start(account.id)

    def _count(self, email: str, source: str) -> None:
        who = digest(email, self.pepper.value())[:32]
        now_ms = self.clock.now_ms()
        for name, limit in (
            (f"sign-in#{source}#{who}", TRIES_OF_ONE_AT_ONE),
            (f"sign-in#{source}", TRIES_OF_ONE),
            (f"sign-in##{who}", TRIES_AT_ONE),
        ):
            if not self.turnstile.admit(name, limit, WINDOW_MS, now_ms):
                wait_s = (WINDOW_MS - now_ms % WINDOW_MS) // 1000 + 1
                raise RateLimited("Too many attempts, try again later", retry_after_s=wait_s)
