"""What the official suite prints is read as it is meant: optional scenarios do not count."""

from tests.conformance.suite import Verdict

PRINTED = """
=== SUMMARY ===
✓ tools-list: 4 passed, 0 failed
✗ tools-call-sampling: 1 passed, 1 failed
✓ server-sse-multiple-streams: 0 passed, 0 failed
✗ tasks-lifecycle: 2 passed, 7 failed
✓ http-header-validation: 14 passed, 0 failed

Total: 21 passed, 8 failed

Not scored for 2026-07-28: 2 scenario(s) run, 1 failing. These do not affect conformance.
  ✗ tasks-lifecycle (extension)
  ✓ http-header-validation (pending)
"""


def test_only_required_scenarios_count() -> None:
    verdict = Verdict.read(PRINTED)

    assert verdict.passed == ("tools-list", "server-sse-multiple-streams")
    assert verdict.failed == ("tools-call-sampling",)


def test_a_suite_that_could_not_run_has_passed_nothing() -> None:
    assert Verdict.read("TypeError: fs.globSync is not a function").passed == ()
