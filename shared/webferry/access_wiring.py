"""The fuse box of people and applications: signing in, consenting, tokens."""

from dataclasses import dataclass
from functools import cache, cached_property

from webferry.adapters.argon2_passwords import Argon2Passwords
from webferry.adapters.dynamodb.accounts import DynamoAccounts
from webferry.adapters.dynamodb.clients import DynamoClients, DynamoTurnstile
from webferry.adapters.dynamodb.grants import DynamoGrants
from webferry.adapters.dynamodb.sessions import DynamoCredentials, DynamoSessions
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.secrets_manager import SecretsManagerPepper
from webferry.usecases.authenticate_token import AuthenticateToken
from webferry.usecases.check_wish import CheckWish
from webferry.usecases.connected_apps import DisconnectApp, ListApps
from webferry.usecases.find_client import FindClient
from webferry.usecases.issue_code import IssueCode
from webferry.usecases.make_own_key import MakeOwnKey
from webferry.usecases.read_session import ReadSession, SignOut
from webferry.usecases.redeem_code import RedeemCode
from webferry.usecases.register_client import RegisterClient
from webferry.usecases.revoke_token import RevokeToken
from webferry.usecases.rotate_token import RotateToken
from webferry.usecases.sign_in import SignIn
from webferry.usecases.sign_up import SignUp
from webferry.usecases.start_session import StartSession
from webferry.usecases.token_press import TokenPress
from webferry.wiring import House, chance, clock, house


@dataclass(frozen=True)
class Gatehouse:
    """The use cases around access, each furnished when it is first asked for."""

    house: House

    def issuer(self, domain: str) -> str:
        """Who grants access: the address of the doors, which the gateway knows as that domain."""
        return self.house.settings.own_address(domain)

    def resource(self, domain: str) -> str:
        """What access is granted to."""
        return f"{self.issuer(domain)}/mcp"

    @cached_property
    def sign_in(self) -> SignIn:
        """Email and password → a session."""
        credentials = DynamoCredentials(self._accounts_table)
        checker = Argon2Passwords()
        return SignIn(credentials, checker, self._turnstile, self.start, self._pepper, clock)

    @cached_property
    def sign_up(self) -> SignUp:
        """A stranger → an account and a session."""
        is_open = self.house.settings.is_sign_up_open
        return SignUp(self.house.open_account, self.start, self._turnstile, clock, is_open)

    @cached_property
    def start(self) -> StartSession:
        """An account → a session."""
        return StartSession(self._sessions, self._pepper, chance, clock)

    @cached_property
    def read_session(self) -> ReadSession:
        """A session → who is signed in."""
        return ReadSession(self._sessions, self._pepper, clock)

    @cached_property
    def sign_out(self) -> SignOut:
        """End a session, or all."""
        return SignOut(self._sessions, self._pepper, clock)

    @cached_property
    def make_own_key(self) -> MakeOwnKey:
        """Somebody signed in → a new key of theirs."""
        return MakeOwnKey(self.house.issue_key, self._turnstile, clock)

    @cached_property
    def register_client(self) -> RegisterClient:
        """What an application says of itself → a client."""
        return RegisterClient(self._clients, self._turnstile, chance, clock)

    @cached_property
    def check_wish(self) -> CheckWish:
        """What an application asks for → a wish that a user can agree to."""
        # TLS and its like: only an application described elsewhere needs them.
        from webferry.adapters.client_documents import FetchedDocuments
        from webferry.adapters.egress.allowance import Allowance
        from webferry.adapters.egress.guard import EgressGuard
        from webferry.adapters.http_fetcher import HttpFetcher

        guard = EgressGuard(Allowance.parse(self.house.settings.egress_allow))
        documents = FetchedDocuments(HttpFetcher(guard, clock))
        find = FindClient(self._clients, documents, self._turnstile, clock)
        return CheckWish(find)

    @cached_property
    def issue_code(self) -> IssueCode:
        """A wish that is agreed to → a code."""
        return IssueCode(self._grants, self._pepper, chance, clock)

    @cached_property
    def redeem_code(self) -> RedeemCode:
        """A code → tokens."""
        return RedeemCode(self._grants, self._accounts, self._press, clock)

    @cached_property
    def rotate_token(self) -> RotateToken:
        """A refresh token → new tokens."""
        return RotateToken(self._grants, self._accounts, self._press, clock)

    @cached_property
    def revoke_token(self) -> RevokeToken:
        """A token → nothing any more."""
        return RevokeToken(self._grants, self._press)

    @cached_property
    def authenticate_token(self) -> AuthenticateToken:
        """An access token and its audience → the caller."""
        return AuthenticateToken(self._grants, self._accounts, self._pepper, clock)

    @cached_property
    def list_apps(self) -> ListApps:
        """An account → its connected applications."""
        return ListApps(self._grants, clock)

    @cached_property
    def disconnect_app(self) -> DisconnectApp:
        """Cut an application off."""
        return DisconnectApp(self._grants)

    @cached_property
    def _press(self) -> TokenPress:
        return TokenPress(self._pepper, chance)

    @cached_property
    def _sessions(self) -> DynamoSessions:
        return DynamoSessions(self._accounts_table)

    @cached_property
    def _accounts(self) -> DynamoAccounts:
        return DynamoAccounts(self._accounts_table)

    @cached_property
    def _grants(self) -> DynamoGrants:
        return DynamoGrants(self._grants_table)

    @cached_property
    def _clients(self) -> DynamoClients:
        return DynamoClients(self._grants_table)

    @cached_property
    def _turnstile(self) -> DynamoTurnstile:
        return DynamoTurnstile(self._grants_table)

    @cached_property
    def _accounts_table(self) -> WideTable:
        return WideTable(self.house.dynamodb, self.house.settings.accounts_table)

    @cached_property
    def _grants_table(self) -> WideTable:
        return WideTable(self.house.dynamodb, self.house.settings.grants_table)

    @cached_property
    def _pepper(self) -> SecretsManagerPepper:
        secret = self.house.settings.key_pepper_secret
        return SecretsManagerPepper(self.house.client("secretsmanager"), secret)


@cache
def gatehouse() -> Gatehouse:
    """The gatehouse of this process.

    Raises: MissingSettings.
    """
    return Gatehouse(house())
