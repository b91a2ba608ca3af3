"""What the engine really has, in the words of the template: one reader for each resource type."""

from collections.abc import Mapping

from webferry_local.floor_plan.readers import (
    buckets,
    events,
    functions,
    gateway,
    machines,
    monitoring,
    queues,
    roles,
    secret_values,
    tables,
)
from webferry_local.floor_plan.readers.placed import Reader

READERS: Mapping[str, Reader] = {
    "AWS::ApiGatewayV2::Api": gateway.read_api,
    "AWS::ApiGatewayV2::Integration": gateway.read_integration,
    "AWS::ApiGatewayV2::Route": gateway.read_route,
    "AWS::ApiGatewayV2::Stage": gateway.read_stage,
    "AWS::CloudWatch::Alarm": monitoring.read_alarm,
    "AWS::CloudWatch::Dashboard": monitoring.read_dashboard,
    "AWS::DynamoDB::Table": tables.read_table,
    "AWS::Events::EventBus": events.read_event_bus,
    "AWS::Events::Rule": events.read_rule,
    "AWS::IAM::Role": roles.read_role,
    "AWS::Lambda::EventSourceMapping": functions.read_event_source_mapping,
    "AWS::Lambda::Function": functions.read_function,
    "AWS::Lambda::LayerVersion": functions.read_layer_version,
    "AWS::Lambda::Permission": functions.read_permission,
    "AWS::Lambda::Url": functions.read_url,
    "AWS::Logs::LogGroup": monitoring.read_log_group,
    "AWS::S3::Bucket": buckets.read_bucket,
    "AWS::SQS::Queue": queues.read_queue,
    "AWS::Scheduler::Schedule": events.read_schedule,
    "AWS::SecretsManager::Secret": secret_values.read_secret,
    "AWS::StepFunctions::StateMachine": machines.read_state_machine,
}
