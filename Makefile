# Everything here needs make, Python 3.10+ and a package index; nothing is installed outside this folder.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: demo test test-long lint types telemetry-page bench bench-redaction bench-audit bench-tampering clean help

help:
	@echo "make demo    set up, then show the whole path on a real MCP server"
	@echo "make test    set up, then run the tests with branch coverage"
	@echo "make test-long   kills, flipped bits and random lives of a log in full number"
	@echo "make lint    style, layers"
	@echo "make types   strict types"
	@echo "make telemetry-page   docs/telemetry.md, from the tables of names and a real run"
	@echo "make bench   overhead of one tools/call, into docs/benchmarks.md"
	@echo "make bench-audit   the audit log beside noirebox, an HMAC chain and bare SQLite, into docs/audit-benchmarks.md"
	@echo "make bench-tampering   attacks on our log and on those of others, into docs/tampering-benchmark.md"
	@echo "make bench-redaction   quality and speed beside other redactors, into docs/redaction-benchmarks.md"

demo: $(STAMP)
	@$(BIN)/otel-mcp demo

test: $(STAMP)
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

test-long: $(STAMP)
	OTEL_MCP_TEST_TIMES=34 $(BIN)/python -m pytest -q -n auto tests/audit/test_audit_properties.py

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

telemetry-page: $(STAMP)
	PYTHONPATH=tests $(BIN)/python -m support.telemetry_page

bench: $(STAMP)
	$(BIN)/python benchmarks/tools_call.py --write

.cache/noirebox/bin/python:
	$(PYTHON) -m venv .cache/noirebox
	.cache/noirebox/bin/python -m pip install --quiet --disable-pip-version-check noirebox==0.24.0

bench-audit: $(STAMP) .cache/noirebox/bin/python
	$(BIN)/python -m benchmarks.audit --noirebox .cache/noirebox/bin/python --write

bench-tampering: $(STAMP)
	$(BIN)/python -m benchmarks.tampering --write

bench-redaction: $(STAMP)
	$(BIN)/python -m benchmarks.redaction.quality --profile f --peers --brief --write
	$(BIN)/python -m benchmarks.redaction.speed --write

$(STAMP): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) is missing: install Python 3.10 or newer (Debian: apt-get install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
	  echo "$(PYTHON) is too old: Python 3.10 or newer is needed (make PYTHON=python3.12 …)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) has no venv: install it (Debian: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mcp]' --group dev
	@touch $(STAMP)

clean:
	rm -rf $(VENV) .cache .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
