# What a fresh machine needs: Python 3.11 or newer, git and make. Everything else is brought into .venv by its own uv.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv --system-certs
INSTALL := $(UV) pip install --quiet --python $(BIN)/python

# What the browser gets besides pages; the editable install builds it (tools/assets.py).
BUILT := src/ongedeeld/web/site/static/built/sources.sha256
ASSETS := $(shell find assets src/ongedeeld/reporting/assets -name node_modules -prune -o -type f -print)

.PHONY: demo test check audit bench soak screenshots docs lock

demo: .venv/run $(BUILT)
	$(BIN)/ongedeeld demo $(if $(CI),--once)

# Each file of tests stays with one worker, so that what is dear is made once; pages run on both databases.
TEST := $(BIN)/coverage run -m pytest -n 2 --dist loadfile

HERE_ALONE := --ignore tests/web/browser --ignore tests/web/test_assets.py

test: check .venv/browser $(BUILT)
	$(BIN)/coverage erase
	$(TEST)
	ONGEDEELD_TEST_DATABASE=postgresql $(TEST) tests/web $(HERE_ALONE) -m "not one_database"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Asks a service outside, and may tell other things tomorrow than today: so it is no part of `test`.
audit: .venv-audit/done
	$(BIN)/python -m tools.audit .venv-audit/bin/pip-audit

bench: .venv/bench .venv-peers/done
	$(BIN)/python -m bench

soak: .venv/browser $(BUILT)
	$(BIN)/pytest -m soak --soak
	ONGEDEELD_TEST_DATABASE=postgresql $(BIN)/pytest tests/web $(HERE_ALONE) -m "soak or one_database" --soak

screenshots: .venv/browser $(BUILT)
	$(BIN)/python -m tests.screenshots

docs: .venv/dev
	$(BIN)/python -m tools.reference
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

lock: .venv/uv
	$(UV) pip compile $(LOCK) pyproject.toml --output-file locks/run.txt
	$(UV) pip compile $(LOCK) --extra web --constraint locks/run.txt pyproject.toml --output-file locks/web.txt
	$(UV) pip compile $(LOCK) --extra web --group dev --constraint locks/web.txt pyproject.toml --output-file locks/dev.txt
	$(UV) pip compile $(LOCK) --group bench --constraint locks/dev.txt pyproject.toml --output-file locks/bench.txt
	$(UV) pip compile $(LOCK) --group peers --output-file locks/peers.txt
	$(UV) pip compile $(LOCK) --group audit --output-file locks/audit.txt
	echo uv | $(UV) pip compile $(LOCK) - --output-file locks/uv.txt
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

.venv/uv: locks/uv.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement locks/uv.txt
	touch $@

.venv/run: .venv/uv locks/web.txt pyproject.toml
	$(INSTALL) --require-hashes --requirement locks/web.txt
	$(INSTALL) --no-deps --editable .
	touch $@

$(BUILT): $(ASSETS) | .venv/run
	$(INSTALL) --no-deps --editable .

.venv/dev: .venv/run locks/dev.txt
	$(INSTALL) --require-hashes --requirement locks/dev.txt
	touch $@

.venv/bench: .venv/dev locks/bench.txt
	$(INSTALL) --require-hashes --requirement locks/bench.txt
	touch $@

.venv-peers/done: .venv/uv locks/peers.txt
	$(PYTHON) -m venv .venv-peers
	$(UV) pip install --quiet --python .venv-peers/bin/python --require-hashes --requirement locks/peers.txt
	touch $@

.venv-audit/done: .venv/run locks/audit.txt
	$(PYTHON) -m venv .venv-audit
	$(UV) pip install --quiet --python .venv-audit/bin/python --require-hashes --requirement locks/audit.txt
	touch $@

.venv/browser: .venv/dev
	$(BIN)/python -m tests.browser
	touch $@
