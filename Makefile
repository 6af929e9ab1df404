# One virtual environment; a stamp file remembers which locked requirements are in it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Extras stay in the pins: pip 23 looks at releases newer than the pin when another package asks
# for coverage[toml], and refuses them for having no hash.
UV := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help run test trials check format lint types layers tests coverage gallery lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is %d.%d: make PYTHON=python3.12 ..." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Step 1 of 3: an environment of its own, in $(VENV)"
	$(PYTHON) -m venv $(VENV)

define install
	@echo "Step 2 of 3: the libraries that $< has locked; the first time it takes a minute or two"
	$(PIP) install --require-hashes -r $<
	@echo "Step 3 of 3: the command $(BIN)/tutor"
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
endef

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(install)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(VENV)/bin/python
	$(install)
	@touch $@ $(VENV)/run.stamp

run: $(VENV)/run.stamp ## start every platform that has a token, or the terminal chat
	@! command -v fc-list >/dev/null || fc-list :lang=zh family | grep -q . || \
	  echo "no Chinese font here: answers are not offered as pictures (apt-get install fonts-noto-cjk)" >&2
	@$(BIN)/tutor run

test: check ## everything that CI runs

check: lint types layers tests ## format, lint, types, layers, content, tests

format: $(VENV)/dev.stamp ## put the code into its standard form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

lint: $(VENV)/dev.stamp ## ruff: form and faults
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## mypy --strict
	$(BIN)/mypy

layers: $(VENV)/dev.stamp ## import-linter: the layer rule
	$(BIN)/lint-imports

tests: $(VENV)/dev.stamp ## content check and pytest
	$(BIN)/tutor check
	$(BIN)/python -m pytest -n auto --dist worksteal

trials: $(VENV)/dev.stamp ## what is long by nature: kills, fuzz, whole days, an installation; `make test` has a slice of each
	HYPOTHESIS_PROFILE=trial $(BIN)/python -m pytest -n auto --dist worksteal -m "trial or hypothesis"

coverage: $(VENV)/dev.stamp ## the tests once more, counting the lines that they reach; takes half as long again
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered

gallery: $(VENV)/dev.stamp ## contact sheets of all formulas and cards, to look at (build/gallery)
	$(BIN)/python -m benchmarks.gallery build/gallery

lock: ## renew both lock files (needs uv)
	$(UV) pyproject.toml --extra build -o requirements.txt
	$(UV) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt

clean: ## remove the environment and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
