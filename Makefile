# What a fresh machine needs: Python 3.11 or newer, git and make. Everything else is brought into .venv by its own uv.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv --system-certs
INSTALL := $(UV) pip install --quiet --python $(BIN)/python

# What the browser gets besides pages; the editable install builds it (tools/assets.py).
BUILT := src/ongedeeld/web/site/static/built/sources.sha256
ASSETS := $(shell find assets src/ongedeeld/reporting/assets -name node_modules -prune -o -type f -print)

.PHONY: demo test coverage newest check audit bench soak screenshots docs lock

demo: .venv/run $(BUILT)
	$(BIN)/ongedeeld demo $(if $(CI),--once)

# Each file of tests stays with one worker, so that what is dear is made once; pages run on both databases.
# Files go in the order of their folders: by number of tests, the long files of few tests would end it alone.
TEST = -m pytest -n 2 --dist loadfile --no-loadscope-reorder

HERE_ALONE := --ignore tests/web/browser --ignore tests/web/test_assets.py

test: check .venv/browser $(BUILT)
	$(BIN)/python $(TEST)
	ONGEDEELD_TEST_DATABASE=postgresql $(BIN)/python $(TEST) tests/web $(HERE_ALONE) -m "not one_database"

# Counting the lines that ran makes the tests half as slow again, so it is no part of `test`.
coverage: .venv/browser $(BUILT)
	$(BIN)/coverage erase
	$(BIN)/coverage run $(TEST)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The workbench on the newest Django, which asks for a newer Python than the oldest that is supported.
newest: .venv-newest/done .venv/browser $(BUILT)
	.venv-newest/bin/python $(TEST) tests/web $(HERE_ALONE)

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

# The first that runs: a name may be found for a Python that is not switched on.
NEWEST = $(or $(shell for each in python3.14 python3.13 python3.12; do $$each -c '' 2>/dev/null && echo $$each && break; done),\
	$(error No Python 3.12 or newer is found: name one with NEWEST=/path/to/python3.13))

.venv-newest/done: .venv/uv locks/dev.txt pyproject.toml
	$(NEWEST) -m venv .venv-newest
	$(UV) pip install --quiet --python .venv-newest/bin/python --require-hashes --requirement locks/dev.txt
	$(UV) pip install --quiet --python .venv-newest/bin/python --no-deps --editable .
	touch $@

.venv-audit/done: .venv/run locks/audit.txt
	$(PYTHON) -m venv .venv-audit
	$(UV) pip install --quiet --python .venv-audit/bin/python --require-hashes --requirement locks/audit.txt
	touch $@

.venv/browser: .venv/dev
	$(BIN)/python -m tests.browser
	touch $@
