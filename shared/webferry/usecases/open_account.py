"""Signs a customer up: account, welcome credits and webhook secret, all or nothing."""

from dataclasses import dataclass

from webferry.domain import accounts, credits, webhooks
from webferry.domain.accounts import Account
from webferry.domain.errors import Unavailable
from webferry.ports import Accounts, Chance, Clock, Passwords, Sealer

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """A new account, and the secret that signs its webhooks."""

    account: Account
    webhook_secret: str


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """An email has at most one account, however many ask at once."""

    accounts: Accounts
    passwords: Passwords
    sealer: Sealer
    chance: Chance
    clock: Clock

    def __call__(self, email: str, password: str) -> OpenedAccount:
        """Raises: InvalidRequest, Conflict: the email has an account, Unavailable."""
        email = accounts.normal_email(email)
        accounts.check_password(password)
        password_hash = self.passwords.hash(password)
        secret = webhooks.signing_secret(self.chance.octets(webhooks.SECRET_BYTES))
        now_ms = self.clock.now_ms()
        for _ in range(ATTEMPTS):
            handle = self.chance.base62(accounts.ACCOUNT_HANDLE_LENGTH)
            account = Account(accounts.account_id(handle), email, now_ms)
            if self.accounts.open(
                account,
                password=password_hash,
                secret=self.sealer.seal(secret, owner=account.id),
                entry=credits.welcome(now_ms),
            ):
                return OpenedAccount(account, secret)
        raise Unavailable("No free account id was found")
