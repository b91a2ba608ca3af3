"""Reads IAM roles and their policies back from the engine."""

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed


def read_role(cloud: Cloud, placed: Placed) -> Answer | None:
    name = placed.physical_id
    answer = cloud.ask("iam", "get_role", RoleName=name)
    if answer is None:
        return None
    attached = cloud.call("iam", "list_attached_role_policies", RoleName=name)
    return {
        **answer["Role"],
        "ManagedPolicyArns": [policy["PolicyArn"] for policy in attached["AttachedPolicies"]],
        "Policies": [
            _inline_policy(cloud, name, policy)
            for policy in cloud.call("iam", "list_role_policies", RoleName=name)["PolicyNames"]
        ],
    }


def _inline_policy(cloud: Cloud, role: str, policy: str) -> Answer:
    answer = cloud.call("iam", "get_role_policy", RoleName=role, PolicyName=policy)
    return {"PolicyName": policy, "PolicyDocument": answer["PolicyDocument"]}
