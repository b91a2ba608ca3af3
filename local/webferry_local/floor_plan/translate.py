"""SAM to CloudFormation, offline."""

from collections.abc import Mapping

import boto3.session

from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.errors import DeployFailed


def translate(
    template: Template, parameters: Mapping[str, str], session: boto3.session.Session
) -> Template:
    # Imported here because it costs a second and 40 MB, and an unchanged template needs none of it.
    from samtranslator.model.exceptions import InvalidDocumentException
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    translator = Translator({}, Parser(), boto_session=session)
    try:
        translated: Template = translator.translate(template, dict(parameters))
    except InvalidDocumentException as error:
        causes = "; ".join(cause.message for cause in error.causes)
        raise DeployFailed(f"the template is not valid: {causes}") from error
    finally:
        translator.metrics.publish()  # to nobody; without it the translator logs a warning
    return translated
