# `make` lists what there is. `make demo` and `make test` make their own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
ENGINES := .venv-engines
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test windows office-more lint templates bench privacy-report peers written-apart bundle bundle-with-python \
	campaign lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "make %-15s %s\n", $$1, $$2}'

demo: $(VENV)/.runtime ## a synthetic sample through every step, in the folder demo
	@$(BIN)/dipsample demo demo

test: $(VENV)/.test ## every test; the office tests when LibreOffice and the validator are here or can be had
	@if sh tests/office/prepare.sh; then set -- -m "not campaign and not windows and not office_more"; \
	elif [ -n "$${CI:-}" ]; then echo "In CI that is a failure."; exit 1; \
	else set -- -m "not campaign and not windows and not office_more and not office"; fi; \
	$(BIN)/python -m pytest -n auto --dist worksteal "$$@" tests xl_dipsample

windows: $(VENV)/.test ## what runs on Windows, with a Windows Python under Wine (see tests/windows)
	@sh tests/windows/prepare.sh
	@$(BIN)/python -m pytest -n 0 -m windows tests/windows

office-more: $(VENV)/.test ## a second engine, PivotTables that it refreshes, ECMA-376's schemas (see tests/office_more)
	@sh tests/office_more/prepare.sh
	@$(BIN)/python -m pytest -n 0 -m office_more tests/office_more

lint: $(VENV)/.test ## ruff, mypy --strict and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

templates: $(VENV)/.runtime ## rebuild the shipped workbooks, the add-in and the pages from their sources
	@$(BIN)/python -m xl_dipsample.building.version_record
	@$(BIN)/python -m xl_dipsample.building.action_list
	@$(BIN)/python -m xl_dipsample.building.make_templates
	@$(BIN)/python -m xl_dipsample.building.make_addin
	@$(BIN)/python -m xl_dipsample.building.column_guide > docs/columns.md
	@$(BIN)/python -m xl_dipsample.building.check_guide > docs/checks.md
	@$(BIN)/python -m xl_dipsample.building.pack_guide > docs/packs.md
	@$(BIN)/python -m xl_dipsample.building.table_list
	@$(BIN)/python -m xl_dipsample.building.house_picture
	@$(BIN)/python -m xl_dipsample.building.keep_version tests/data/versions

bench: $(VENV)/.test ## measure against what a user would use instead
	@for one in benchmarks/bench_*.py; do echo "$$one"; $(BIN)/python "$$one" || exit 1; done

privacy-report: $(VENV)/.test ## recall and precision of the search for names
	@$(BIN)/python benchmarks/privacy_report.py docs/privacy_report.md

peers: $(VENV)/.test $(PEERS)/.made ## the search for names beside two other programs, on the same texts
	@$(BIN)/python benchmarks/peers_report.py $(PEERS)/bin/python docs/privacy_peers.md

written-apart: $(VENV)/.test ## what the search finds, and all it misses, in texts written apart from it
	@$(BIN)/python benchmarks/written_apart_report.py

bundle: $(VENV)/.runtime ## one zip for the IT department: installs without a network and without an administrator
	@$(BIN)/python -m xl_dipsample.building.bundle dist/xl_dipsample-bundle.zip

bundle-with-python: $(VENV)/.runtime ## the same for PCs without Python: WINDOWS_PYTHON is the folder of a Windows Python
	@[ -n "$(WINDOWS_PYTHON)" ] || sh tests/windows/prepare.sh
	@$(BIN)/python -m xl_dipsample.building.bundle_with_python dist/xl_dipsample-with-python.zip \
		$(if $(WINDOWS_PYTHON),--python "$(WINDOWS_PYTHON)")

campaign: $(VENV)/.test ## the long runs that make test leaves out
	@$(BIN)/python -m pytest -n auto -m campaign tests

lock: $(VENV)/.test ## new exact versions in requirements/, from pyproject.toml
	@$(BIN)/python -m pip install --quiet pip-tools
	@$(BIN)/pip-compile $(LOCK) --output-file requirements/runtime.txt pyproject.toml
	@$(BIN)/pip-compile $(LOCK) --extra test --output-file requirements/test.txt pyproject.toml

LOCK := --quiet --upgrade --strip-extras --allow-unsafe --build-deps-for editable --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-options

clean: ## remove .venv, the demo and every cache
	@rm -rf $(VENV) $(PEERS) $(ENGINES) demo dist tests/office/node_modules .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed. If it has another name: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; } || \
		{ echo "Python cannot make an environment. On Debian or Ubuntu: apt-get install python3-venv."; exit 1; }
	@echo "Making the environment $(VENV); this takes a minute or two."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/runtime.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt requirements/oracles.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/test.txt
	@# it asks for an older pandas than ours, and works with ours
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements/oracles.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

$(PEERS)/.made: requirements/peers.txt
	@$(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/peers.txt
	@touch $@
