"""CloudFormation: the rules of AWS itself accept the floor plan, without asking AWS."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CFN_LINT = "from cfnlint.runner import main; main()"


def test_the_template_is_what_cloudformation_accepts() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", CFN_LINT, str(ROOT / "template.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, outcome.stdout
