# The verbs of this repository. `make` alone lists them.

SHELL := /bin/sh
PYTHON := $(or $(WEBFERRY_PYTHON),python3)
BIN := .venv/bin
PROFILE := dev
# The template's default runtime: only bytecode of the same version is of use to it.
RUNTIME := python3.13
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

.DEFAULT_GOAL := help
.PHONY: help up test lint types format lock fuzz bench bench-jobs bench-content storm conformance build deploy image-test clean python local dev

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

up: local ## set everything up and run the product on http://127.0.0.1:3000
	@$(BIN)/python setup/browser.py
	@$(BIN)/webferry up

test: dev lint types ## set everything up, lint, check types, run all tests
	@$(BIN)/python setup/browser.py
	@$(BIN)/python setup/emulator.py
	@$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

lint: dev ## style, formatting, rooms, budgets
	@$(BIN)/python setup/lint.py

types: dev ## mypy --strict
	@$(BIN)/python -m mypy

format: dev ## write the house style into every file
	@$(BIN)/python -m ruff check --fix --quiet
	@$(BIN)/python -m ruff format --quiet

lock: ## choose newer versions within pyproject.toml and pin them (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(LOCK) --upgrade --extra dev -o requirements/dev.txt
	$(LOCK) --upgrade --extra local -c requirements/dev.txt -o requirements/local.txt
	$(LOCK) --upgrade -c requirements/dev.txt -o requirements/runtime.txt

bench: dev ## what requests and pages cost, beside pinned peers
	@$(BIN)/python -m benchmarks.front_door
	@$(BIN)/python -m benchmarks.scrape_latency
	@$(BIN)/python -m benchmarks.ledger
	@$(BIN)/python -m benchmarks.run --install $(BENCH_ARGS)

storm: dev ## faults on the running product: a thousand jobs, killed, doubled and refused (STORM_ARGS)
	@$(BIN)/python -u -m tests.faults $(STORM_ARGS)

conformance: dev ## the official suite of MCP against /mcp (needs npm; fetches the suite once)
	@$(BIN)/python -m tests.conformance

fuzz: dev ## thousands of generated requests to each API, checked against its document (FUZZ_ARGS)
	@$(BIN)/python -m tests.fuzz $(FUZZ_ARGS)

bench-jobs: dev ## pages of jobs a second through the whole product; ten thousand tasks in one job
	@$(BIN)/python -m benchmarks.job_throughput
	@$(BIN)/python -m benchmarks.large_job

bench-content: dev ## main content and metadata beside pinned peers: DATA=dir
	@$(BIN)/python -m benchmarks.content.bench $(DATA)

image-test: dev ## build the browser function's image and invoke it as Lambda would
	@$(BIN)/python -m setup.image_test

build: ## package the functions and layers for AWS (needs the SAM CLI)
	@command -v sam >/dev/null || { echo "make build needs the AWS SAM CLI" >&2; exit 1; }
	SAM_CLI_TELEMETRY=0 sam build
	$(RUNTIME) -m compileall -q --invalidation-mode unchecked-hash .aws-sam/build/*Layer/python

deploy: build ## deploy to the AWS account that is signed in, as PROFILE=dev or prod
	SAM_CLI_TELEMETRY=0 sam deploy --config-env $(PROFILE)

clean: ## remove what can be made again; keeps your data in .webferry
	rm -rf .venv .aws-sam .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

local dev: python
	@$(PYTHON) setup/bootstrap.py $@

python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found: install Python 3.11 or newer," \
	    "or name it: WEBFERRY_PYTHON=/path/to/python3.12 make up" >&2; exit 1; }
