"""A stop keeps everything, a kill keeps only the objects: why the launcher takes snapshots."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.bare_engine import BareEngine, fresh_account
from tests.engine.state_machine import StateMachine

ACCOUNT = fresh_account()


@pytest.fixture
def engine_with_memory(tmp_path: Path) -> Iterator[BareEngine]:
    settings = {
        "PERSIST_STATE": "1",
        "STATE_DIR": str(tmp_path / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(tmp_path / "s3"),
    }
    running = BareEngine(tmp_path, settings)
    running.start()
    yield running
    running.stop()


def test_everything_is_there_again_after_a_stop(engine_with_memory: BareEngine) -> None:
    fill(engine_with_memory)

    engine_with_memory.stop()
    engine_with_memory.start()

    assert contents(engine_with_memory) == {
        "item": "kept",
        "message": "kept",
        "object": "kept",
        "secret": "kept",
        "machine": "probe",
        "time_to_live": "expires_at",
    }


def test_an_execution_that_was_running_has_failed_after_a_stop(
    engine_with_memory: BareEngine,
) -> None:
    """On AWS it would go on: whoever starts retries has to find the lost ones at start-up."""
    machine = StateMachine(
        client(engine_with_memory, "stepfunctions"),
        f"arn:aws:iam::{ACCOUNT}:role/probe",
        {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}},
    )
    execution = machine.start()

    engine_with_memory.stop()
    engine_with_memory.start()

    answer = client(engine_with_memory, "stepfunctions").describe_execution(executionArn=execution)
    assert (answer["status"], answer["error"]) == ("FAILED", "States.ServiceRestart")


def test_a_function_and_its_trigger_are_there_again_after_a_stop(
    engine_with_memory: BareEngine,
) -> None:
    queue = client(engine_with_memory, "sqs").create_queue(QueueName="work")["QueueUrl"]
    functions = client(engine_with_memory, "lambda")
    functions.create_function(
        FunctionName="worker",
        Runtime="python3.11",
        Role=f"arn:aws:iam::{ACCOUNT}:role/probe",
        Handler="worker.handler",
        Code={"ZipFile": zipped("worker.py", "def handler(event, context): pass")},
        Environment={"Variables": {"QUEUE": queue}},
    )
    functions.create_event_source_mapping(
        EventSourceArn=f"arn:aws:sqs:us-east-1:{ACCOUNT}:work", FunctionName="worker", BatchSize=7
    )

    engine_with_memory.stop()
    engine_with_memory.start()

    functions = client(engine_with_memory, "lambda")
    found = functions.get_function_configuration(FunctionName="worker")
    (mapping,) = functions.list_event_source_mappings()["EventSourceMappings"]
    assert found["Environment"]["Variables"] == {"QUEUE": queue}
    assert (mapping["BatchSize"], mapping["State"]) == (7, "Enabled")


def test_a_kill_keeps_nothing_but_objects(engine_with_memory: BareEngine) -> None:
    fill(engine_with_memory)

    engine_with_memory.kill()
    engine_with_memory.start()

    assert client(engine_with_memory, "dynamodb").list_tables()["TableNames"] == []
    assert read_object(engine_with_memory) == "kept"


def client(engine: BareEngine, service: str) -> Any:
    return engine.client(service, account=ACCOUNT)


def fill(engine: BareEngine) -> None:
    dynamodb, sqs, s3 = (client(engine, service) for service in ("dynamodb", "sqs", "s3"))
    dynamodb.create_table(
        TableName="things",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.update_time_to_live(
        TableName="things",
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"},
    )
    dynamodb.put_item(TableName="things", Item={"pk": {"S": "kept"}})
    queue = sqs.create_queue(QueueName="letters")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="kept")
    s3.create_bucket(Bucket="things")
    s3.put_object(Bucket="things", Key="one", Body=b"kept")
    client(engine, "secretsmanager").create_secret(Name="pepper", SecretString="kept")
    StateMachine(
        client(engine, "stepfunctions"),
        f"arn:aws:iam::{ACCOUNT}:role/probe",
        {"Only": {"Type": "Succeed"}},
    )


def contents(engine: BareEngine) -> dict[str, str]:
    dynamodb, sqs = client(engine, "dynamodb"), client(engine, "sqs")
    (item,) = dynamodb.scan(TableName="things")["Items"]
    ttl = dynamodb.describe_time_to_live(TableName="things")["TimeToLiveDescription"]
    queue = sqs.get_queue_url(QueueName="letters")["QueueUrl"]
    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    secret = client(engine, "secretsmanager").get_secret_value(SecretId="pepper")
    (machine,) = client(engine, "stepfunctions").list_state_machines()["stateMachines"]
    return {
        "item": item["pk"]["S"],
        "message": message["Body"],
        "object": read_object(engine),
        "secret": secret["SecretString"],
        "machine": machine["name"],
        "time_to_live": ttl["AttributeName"],
    }


def read_object(engine: BareEngine) -> str:
    with client(engine, "s3").get_object(Bucket="things", Key="one")["Body"] as body:
        return str(body.read(), "ascii")


def zipped(name: str, source: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as code:
        code.writestr(name, source)
    return archive.getvalue()
