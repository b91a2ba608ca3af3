"""Reads SQS queues back from the engine."""

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed, tag_list


def read_queue(cloud: Cloud, placed: Placed) -> Answer | None:
    url = placed.physical_id
    answer = cloud.ask("sqs", "get_queue_attributes", QueueUrl=url, AttributeNames=["All"])
    if answer is None:
        return None
    attributes: Answer = dict(answer.get("Attributes", {}))
    attributes["QueueName"] = attributes["QueueArn"].rsplit(":", 1)[-1]
    if "Tags" in placed.declared:
        tags = cloud.call("sqs", "list_queue_tags", QueueUrl=url).get("Tags", {})
        attributes["Tags"] = tag_list(tags)
    return attributes
