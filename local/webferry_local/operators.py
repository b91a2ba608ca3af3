"""What an operator may do that no API offers: open accounts, hand out keys, switch people off."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import boto3

from webferry.domain.credits import refund
from webferry.domain.errors import AccessError, InvalidRequest
from webferry.domain.keys import ApiKey, Caller, Scope
from webferry.settings import Settings
from webferry.tool_wiring import ToolShop
from webferry.usecases.issue_key import IssuedKey
from webferry.usecases.verify_books import Verdict
from webferry.wiring import House


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Everything about a new account that is shown only once."""

    id: str
    email: str
    api_key: str
    webhook_secret: str


@dataclass(frozen=True, slots=True)
class Operator:
    """The use cases, with accounts named by id or email, and every scope in hand."""

    house: House

    @classmethod
    def of_stack(cls, session: boto3.Session, outputs: Mapping[str, str]) -> Self:
        settings = Settings.from_env(
            {
                "WEBFERRY_ACCOUNTS_TABLE": outputs["AccountsTableName"],
                "WEBFERRY_KEY_PEPPER_SECRET": outputs["KeyPepperArn"],
            }
        )
        return cls(House.of(settings, session))

    def open_account(self, email: str, password: str) -> NewAccount:
        opened = self.house.open_account(email, password)
        key = self.house.issue_key(Caller.operator(opened.account.id), "First key")
        return NewAccount(opened.account.id, opened.account.email, key.text, opened.webhook_secret)

    def accepts(self, key: str) -> bool:
        try:
            self.house.authenticate(key)
        except AccessError:
            return False
        return True

    def issue_key(self, account: str, name: str, scopes: Sequence[str] | None) -> IssuedKey:
        caller = Caller.operator(self.account_id(account))
        return self.house.issue_key(caller, name, None if scopes is None else _scopes(scopes))

    def list_keys(self, account: str) -> list[ApiKey]:
        return self.house.list_keys(self.account_id(account))

    def revoke_key(self, account: str, key: str) -> None:
        self.house.revoke_key(self.account_id(account), key)

    def switch(self, account: str, *, enabled: bool) -> str:
        account_id = self.account_id(account)
        (self.house.enable_account if enabled else self.house.disable_account)(account_id)
        return account_id

    def grant_credits(self, account: str, amount: int, reference: str | None) -> int:
        """The balance afterwards; without a reference every call is a gift of its own."""
        account_id = self.account_id(account)
        gift = reference or f"operator-{uuid.uuid4()}"
        return self.house.grant_credits(account_id, amount, gift).balance

    def refund_credits(self, account: str, amount: int, reference: str) -> tuple[int, int]:
        """How many credits were taken back, which are those that are left at most; the balance."""
        account_id = self.account_id(account)
        taken = ToolShop(self.house).refund_credits(refund(account_id, amount, reference))
        return taken, self.house.read_credits(account_id).balance

    def verify_credits(self, account: str | None) -> list[Verdict]:
        """One account's books, or everybody's."""
        verify = ToolShop(self.house).verify_books
        return [verify(self.account_id(account))] if account else list(verify.everybody())

    def account_id(self, id_or_email: str) -> str:
        return self.house.find_account(id_or_email).id


def _scopes(names: Sequence[str]) -> tuple[Scope, ...]:
    try:
        return tuple(Scope(name) for name in names)
    except ValueError as error:
        known = ", ".join(Scope)
        raise InvalidRequest(f"{error}; scopes are {known}") from error
