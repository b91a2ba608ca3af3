"""The template as a running stack: deployed into the engine, its functions known to the pool."""

import shutil

from webferry_local.engine.engine import Engine
from webferry_local.engine.options import REGION
from webferry_local.engine.session import EngineSession
from webferry_local.floor_plan.deploy import deploy
from webferry_local.floor_plan.deployment import Deployment
from webferry_local.launcher.data_directory import DataDirectory
from webferry_local.launcher.settings import PROJECT, LocalSettings
from webferry_local.pool.plans import Code

STACK_NAME = "webferry"


def build(settings: LocalSettings, data: DataDirectory, engine: Engine) -> Deployment:
    """Raises: DeployFailed, with every property that did not take effect."""
    session = EngineSession(engine.options.endpoint, data.access_key)
    deployment = deploy(
        PROJECT / "template.yaml",
        session,
        engine.options.endpoint,
        _parameters(settings, session),
        stack_name=STACK_NAME,
        cache_directory=data.plan_directory,
    )
    for name, plan in deployment.functions.items():
        code = Code(plan.handler, plan.code_directory, plan.layer_directories)
        engine.pool.register(f"arn:aws:lambda:{REGION}:{data.access_key}:function:{name}", code)
    return deployment


def _parameters(settings: LocalSettings, session: EngineSession) -> dict[str, str]:
    return {
        "Environment": "local",
        "EgressAllow": settings.egress_allow,
        "Billing": settings.billing,
        "ToolSites": settings.tool_sites,
        "RateLimits": settings.rate_limits,
        "PublicUrl": f"http://127.0.0.1:{settings.port}",
        "SignUp": settings.sign_up,
        "Tracing": "PassThrough",
        **settings.model.parameters(session),
        **settings.image_model.parameters(session),
        **settings.payment.parameters(session),
    }


def handed_to_functions(settings: LocalSettings, data: DataDirectory) -> dict[str, str]:
    """All that a function sees beside its own variables: no secret of the user's shell."""
    scratch = data.path / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    return {
        **settings.handed_on,
        "AWS_ENDPOINT_URL": settings.engine_endpoint,
        "AWS_ACCESS_KEY_ID": data.access_key,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "TMPDIR": str(scratch),
    }
