"""Reads S3 buckets back from the engine, in the template's words rather than the API's."""

from collections.abc import Mapping
from typing import Any

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed, present


def read_bucket(cloud: Cloud, placed: Placed) -> Answer | None:
    name = placed.physical_id
    if cloud.ask("s3", "head_bucket", Bucket=name) is None:
        return None
    return present(
        {
            "BucketName": name,
            "BucketEncryption": _encryption(cloud, name),
            "CorsConfiguration": _cors(cloud, name),
            "LifecycleConfiguration": _lifecycle(cloud, name),
            "OwnershipControls": _member(
                cloud, "get_bucket_ownership_controls", name, "OwnershipControls"
            ),
            "PublicAccessBlockConfiguration": _member(
                cloud, "get_public_access_block", name, "PublicAccessBlockConfiguration"
            ),
            "VersioningConfiguration": cloud.ask("s3", "get_bucket_versioning", Bucket=name),
            "Tags": _member(cloud, "get_bucket_tagging", name, "TagSet"),
        }
    )


def _member(cloud: Cloud, operation: str, bucket: str, member: str) -> object:
    answer = cloud.ask("s3", operation, Bucket=bucket)
    return answer.get(member) if answer else None


def _encryption(cloud: Cloud, bucket: str) -> Answer | None:
    answer = cloud.ask("s3", "get_bucket_encryption", Bucket=bucket)
    if answer is None:
        return None
    rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
    return {
        "ServerSideEncryptionConfiguration": [
            present(
                {
                    "ServerSideEncryptionByDefault": rule.get("ApplyServerSideEncryptionByDefault"),
                    "BucketKeyEnabled": rule.get("BucketKeyEnabled"),
                }
            )
            for rule in rules
        ]
    }


def _cors(cloud: Cloud, bucket: str) -> Answer | None:
    answer = cloud.ask("s3", "get_bucket_cors", Bucket=bucket)
    if answer is None:
        return None
    words = {"ExposeHeaders": "ExposedHeaders", "ID": "Id", "MaxAgeSeconds": "MaxAge"}
    return {
        "CorsRules": [
            {words.get(name, name): value for name, value in rule.items()}
            for rule in answer["CORSRules"]
        ]
    }


def _lifecycle(cloud: Cloud, bucket: str) -> Answer | None:
    answer = cloud.ask("s3", "get_bucket_lifecycle_configuration", Bucket=bucket)
    return {"Rules": [_lifecycle_rule(rule) for rule in answer["Rules"]]} if answer else None


def _lifecycle_rule(rule: Mapping[str, Any]) -> Answer:
    return present(
        {
            "Id": rule.get("ID"),
            "Status": rule.get("Status"),
            "Prefix": rule.get("Filter", {}).get("Prefix", rule.get("Prefix")),
            "ExpirationInDays": rule.get("Expiration", {}).get("Days"),
            "AbortIncompleteMultipartUpload": rule.get("AbortIncompleteMultipartUpload"),
            "NoncurrentVersionExpiration": rule.get("NoncurrentVersionExpiration"),
            "Transitions": [
                {"StorageClass": step["StorageClass"], "TransitionInDays": step.get("Days")}
                for step in rule.get("Transitions", [])
            ],
        }
    )
