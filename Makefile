# Everything a newcomer needs: `make run` and `make test`. Both set up what they need the first time.
.DEFAULT_GOAL := help
.PHONY: help run n8n test test-fast check format evals bench sample lock clean

VENV := .venv
PY := $(VENV)/bin/python
WORKSPACE ?= workspace
SAMPLE := $(WORKSPACE)/sample-data

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.runtime sample ## set up, load the sample data, serve the chat on http://localhost:8000
	@[ ! -d $(SAMPLE) ] || $(PY) -m ingest.sample_data --week --out $(WORKSPACE)/import >/dev/null
	@grep -qs '^IMPORT_FOLDER=' .env || export IMPORT_FOLDER="$${IMPORT_FOLDER:-$(WORKSPACE)/import}"; \
	exec $(PY) -m assistant serve --workspace $(WORKSPACE)

n8n: $(VENV)/.runtime ## install and start n8n beside the app (the first time takes a while: it is large)
	@$(PY) -m n8n --workspace $(WORKSPACE)

sample: $(VENV)/.runtime ## load the sample data through the real loader, once
	@sh .ci/load-sample $(PY) $(WORKSPACE) $(SAMPLE)

test: $(VENV)/.dev ## set up what tests need and run them all
	@sh .ci/find-chromium
	@sh n8n/install >/dev/null
	@sh .ci/run-tests $(PY)

test-fast: $(VENV)/.dev ## the tests that need no server and no browser
	@sh .ci/run-tests $(PY) -m "not slow"

check: $(VENV)/.dev ## format, lint, strict types
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

format: $(VENV)/.dev ## lay the code out and mend what the linter can
	@$(VENV)/bin/ruff check --fix --quiet .
	@$(VENV)/bin/ruff format --quiet .

evals: $(VENV)/.dev ## score how well questions become queries; writes docs/evals/
	@$(PY) -m evals --perturb --report docs/evals --trend docs/evals/trend.csv

bench: $(VENV)/.dev ## measure how fast it is, all or `PART=questions`; writes docs/benchmarks.md
	@$(PY) -m evals.bench $(PART)

lock: $(VENV)/.dev ## resolve the dependencies again
	@$(VENV)/bin/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	@$(VENV)/bin/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/.runtime: requirements.lock requirements-uv.lock
	@sh .ci/make-venv $(VENV) requirements.lock $@

$(VENV)/.dev: requirements-dev.lock requirements-uv.lock
	@sh .ci/make-venv $(VENV) requirements-dev.lock $@

clean: ## remove the environment; the workspace stays
	rm -rf $(VENV)
