"""Sets through the services' own calls what the engine's CloudFormation leaves out."""

from collections.abc import Callable, Mapping
from typing import Any

from webferry_local.floor_plan.cloud import Cloud
from webferry_local.floor_plan.readers.placed import Placed, present

Repair = Callable[[Cloud, Placed], None]


def _time_to_live(cloud: Cloud, placed: Placed) -> None:
    table = placed.physical_id
    wanted = placed.declared.get("TimeToLiveSpecification")
    if wanted is None:
        described = cloud.call("dynamodb", "describe_time_to_live", TableName=table)
        wanted = {
            "Enabled": False,
            "AttributeName": described["TimeToLiveDescription"]["AttributeName"],
        }
    cloud.call("dynamodb", "update_time_to_live", TableName=table, TimeToLiveSpecification=wanted)


def _point_in_time_recovery(cloud: Cloud, placed: Placed) -> None:
    wanted = placed.declared.get("PointInTimeRecoverySpecification")
    cloud.call(
        "dynamodb",
        "update_continuous_backups",
        TableName=placed.physical_id,
        PointInTimeRecoverySpecification=wanted or {"PointInTimeRecoveryEnabled": False},
    )


def _table_encryption(cloud: Cloud, placed: Placed) -> None:
    wanted = dict(placed.declared.get("SSESpecification", {}))
    wanted["Enabled"] = wanted.pop("SSEEnabled", False)
    cloud.call("dynamodb", "update_table", TableName=placed.physical_id, SSESpecification=wanted)


def _api_cors(cloud: Cloud, placed: Placed) -> None:
    wanted = placed.declared.get("CorsConfiguration")
    if wanted is None:
        cloud.call("apigatewayv2", "delete_cors_configuration", ApiId=placed.physical_id)
        return
    cloud.call("apigatewayv2", "update_api", ApiId=placed.physical_id, CorsConfiguration=wanted)


def _reserved_concurrency(cloud: Cloud, placed: Placed) -> None:
    function = placed.physical_id
    wanted = placed.declared.get("ReservedConcurrentExecutions")
    if wanted is None:
        cloud.call("lambda", "delete_function_concurrency", FunctionName=function)
        return
    cloud.call(
        "lambda",
        "put_function_concurrency",
        FunctionName=function,
        ReservedConcurrentExecutions=int(wanted),
    )


def _bucket_lifecycle(cloud: Cloud, placed: Placed) -> None:
    wanted = placed.declared.get("LifecycleConfiguration")
    if wanted is None:
        cloud.call("s3", "delete_bucket_lifecycle", Bucket=placed.physical_id)
        return
    cloud.call(
        "s3",
        "put_bucket_lifecycle_configuration",
        Bucket=placed.physical_id,
        LifecycleConfiguration={"Rules": [_lifecycle_rule(rule) for rule in wanted["Rules"]]},
    )


def _lifecycle_rule(declared: Mapping[str, Any]) -> dict[str, Any]:
    days = declared.get("ExpirationInDays")
    steps = [
        {"StorageClass": step["StorageClass"], "Days": int(step["TransitionInDays"])}
        for step in declared.get("Transitions", [])
    ]
    return present(
        {
            "ID": declared.get("Id"),
            "Status": declared["Status"],
            "Filter": {"Prefix": declared.get("Prefix", "")},
            "Expiration": {"Days": int(days)} if days is not None else None,
            "AbortIncompleteMultipartUpload": declared.get("AbortIncompleteMultipartUpload"),
            "NoncurrentVersionExpiration": declared.get("NoncurrentVersionExpiration"),
            "Transitions": steps or None,
        }
    )


def _bucket_encryption(cloud: Cloud, placed: Placed) -> None:
    rules = [
        present(
            {
                "ApplyServerSideEncryptionByDefault": rule.get("ServerSideEncryptionByDefault"),
                "BucketKeyEnabled": rule.get("BucketKeyEnabled"),
            }
        )
        for rule in placed.declared["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    ]
    cloud.call(
        "s3",
        "put_bucket_encryption",
        Bucket=placed.physical_id,
        ServerSideEncryptionConfiguration={"Rules": rules},
    )


def _bucket_ownership(cloud: Cloud, placed: Placed) -> None:
    cloud.call(
        "s3",
        "put_bucket_ownership_controls",
        Bucket=placed.physical_id,
        OwnershipControls=placed.declared["OwnershipControls"],
    )


def _bucket_tags(cloud: Cloud, placed: Placed) -> None:
    tagging = {"TagSet": placed.declared["Tags"]}
    cloud.call("s3", "put_bucket_tagging", Bucket=placed.physical_id, Tagging=tagging)


def _generated_secret(cloud: Cloud, placed: Placed) -> None:
    """The engine ignores most options and draws from a guessable generator: draw again.

    That happens once: the new value shows the declared options, so it is never replaced.
    """
    options = placed.declared["GenerateSecretString"]
    drawn = cloud.call("secretsmanager", "get_random_password", **options)
    cloud.call(
        "secretsmanager",
        "put_secret_value",
        SecretId=placed.physical_id,
        SecretString=drawn["RandomPassword"],
    )


def _schedule(cloud: Cloud, placed: Placed) -> None:
    declared = {"Name": placed.physical_id, **placed.declared}
    cloud.call("scheduler", "update_schedule", **declared)


_TABLE, _API, _FUNCTION = "AWS::DynamoDB::Table", "AWS::ApiGatewayV2::Api", "AWS::Lambda::Function"
_BUCKET, _SCHEDULE = "AWS::S3::Bucket", "AWS::Scheduler::Schedule"

REPAIRS: Mapping[tuple[str, str], Repair] = {
    (_API, "CorsConfiguration"): _api_cors,
    (_BUCKET, "BucketEncryption"): _bucket_encryption,
    (_BUCKET, "LifecycleConfiguration"): _bucket_lifecycle,
    (_BUCKET, "OwnershipControls"): _bucket_ownership,
    (_BUCKET, "Tags"): _bucket_tags,
    (_FUNCTION, "ReservedConcurrentExecutions"): _reserved_concurrency,
    (_SCHEDULE, "ScheduleExpressionTimezone"): _schedule,
    (_TABLE, "PointInTimeRecoverySpecification"): _point_in_time_recovery,
    (_TABLE, "SSESpecification"): _table_encryption,
    (_TABLE, "TimeToLiveSpecification"): _time_to_live,
    ("AWS::SecretsManager::Secret", "GenerateSecretString"): _generated_secret,
}

# What these set stays set when the template no longer declares it, unless it is taken back.
TAKEN_BACK = frozenset(
    {
        (_API, "CorsConfiguration"),
        (_BUCKET, "LifecycleConfiguration"),
        (_FUNCTION, "ReservedConcurrentExecutions"),
        (_TABLE, "PointInTimeRecoverySpecification"),
        (_TABLE, "SSESpecification"),
        (_TABLE, "TimeToLiveSpecification"),
    }
)
