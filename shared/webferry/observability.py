"""What is written about the work: one log, metrics and traces; never a secret, never a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

# The service is the function's folder, which the template puts into POWERTOOLS_SERVICE_NAME.
logger = Logger(location=None, use_rfc3339=True, serialize_stacktrace=False)


def count_page(*, ok: bool, duration_ms: float) -> None:
    """One page was asked for: a failed one is an outcome, so no error alarm will tell."""
    metrics = _metrics()
    metrics.add_metric("PagesScraped" if ok else "PagesFailed", MetricUnit.Count, 1)
    metrics.add_metric("PageDuration", MetricUnit.Milliseconds, duration_ms)
    metrics.flush_metrics()


@contextmanager
def segment(name: str) -> Iterator[None]:
    """A stretch of work in the trace of this invocation; only for invocations that are traced."""
    with _tracer().provider.in_subsegment(name=name):
        yield


@cache
def _metrics() -> Metrics:
    return Metrics(namespace="Webferry")


@cache
def _tracer() -> Tracer:
    # Making a tracer imports the X-Ray SDK: 250 ms that an untraced cold start need not pay.
    return Tracer(patch_modules=["botocore"])
