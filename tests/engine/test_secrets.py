"""Secrets: current and previous version, names taken once, passwords made by the engine."""

from tests.engine.account import Account
from tests.engine.answers import OK, code_of, crowd


def test_a_new_value_is_current_and_the_old_one_stays_readable(account: Account) -> None:
    secrets = account.client("secretsmanager")
    secrets.create_secret(Name="pepper", SecretString="old")
    secrets.put_secret_value(SecretId="pepper", SecretString="new")

    def read(stage: str) -> str:
        answer = secrets.get_secret_value(SecretId="pepper", VersionStage=stage)
        return str(answer["SecretString"])

    assert (read("AWSCURRENT"), read("AWSPREVIOUS")) == ("new", "old")


def test_a_secret_is_found_by_its_arn_too(account: Account) -> None:
    secrets = account.client("secretsmanager")
    arn = secrets.create_secret(Name="pepper", SecretString="hot")["ARN"]

    assert secrets.get_secret_value(SecretId=arn)["SecretString"] == "hot"


def test_of_a_crowd_creating_the_same_secret_one_succeeds(account: Account) -> None:
    secrets = account.client("secretsmanager")

    answers = crowd(lambda number: secrets.create_secret(Name="pepper", SecretString=str(number)))

    assert answers.count(OK) == 1
    assert set(answers) == {OK, "ResourceExistsException"}


def test_an_unknown_secret_is_not_found(account: Account) -> None:
    secrets = account.client("secretsmanager")

    answer = code_of(lambda: secrets.get_secret_value(SecretId="none"))

    assert answer == "ResourceNotFoundException"


def test_a_generated_password_keeps_to_letters_and_digits_when_asked(account: Account) -> None:
    """In a CloudFormation template the same setting does nothing, unlike on AWS."""
    secrets = account.client("secretsmanager")

    made = secrets.get_random_password(PasswordLength=64, ExcludePunctuation=True)

    assert len(made["RandomPassword"]) == 64
    assert made["RandomPassword"].isalnum()
