# Miljögrafen: `make serve` shows it in a browser, `make test` checks it. Both need Python 3.11 or later, and no more.

PYTHON   ?= python3
HOST     ?= 127.0.0.1
PORT     ?= 8000
DATA     ?= data
BASE_IRI ?= http://localhost:$(PORT)/
PUBLISHER ?=

# Systems other than Linux have no wall that keeps queries off the network; README.md says what that means.
WEAK := $(if $(filter Linux,$(shell uname -s)),,--allow-weak-isolation)

VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --disable-pip-version-check --quiet

# What is compiled is kept, also where the environment says that it is not to be: the server and many a test start
# processes, each of which would compile all anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test lint conformance browsers clients faults engines bench bench-build bench-rebuild bench-serving bench-documents assets lock clean

help: ## this list
	@echo "Miljögrafen: Sweden's environmental objectives system as linked open data"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24
	@echo
	@echo "Choices, with their defaults: PORT=$(PORT) DATA=$(DATA) HOST=$(HOST) PYTHON=$(PYTHON)"

serve: $(VENV)/.runtime ## build the release and serve it on http://localhost:8000/ (PORT=8080 takes another port)
	@$(BIN)/miljograf build --data "$(DATA)" --base-iri "$(BASE_IRI)" $(if $(PUBLISHER),--publisher "$(PUBLISHER)")
	@exec $(BIN)/miljograf serve --data "$(DATA)" --host "$(HOST)" --port "$(PORT)" $(WEAK)

test: lint ## lint, then run the tests
	@echo "pytest"
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.development ## check style, types and the direction of imports
	@echo "ruff, mypy, import-linter"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/mypy --no-error-summary tests/benchmarks
	@$(BIN)/lint-imports --no-cache >$(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

conformance: $(VENV)/.development ## hold the SPARQL service and the catalogue against their specifications and test suites, and builds against one another
	@echo "pytest tests/conformance"
	@$(BIN)/python -m pytest -n 2 --dist loadscope tests/conformance

browsers: $(VENV)/.development ## look at every kind of page in a browser: width, accessibility, keyboard (asks for Debian's chromium)
	@$(PIP) install --require-hashes -r requirements-browsers.lock
	@echo "pytest tests/browsers"
	@$(BIN)/python -m pytest -n 2 --dist worksteal tests/browsers

clients: $(VENV)/.development $(VENV)/sssom/.made ## ask the endpoint with clients that others made (SPARQLWrapper, rdflib, curl, R, signposting, Comunica, the JSON-stat toolkit, ldes-client, reconciler, feedparser, memento-client, sssom, the MCP client), put nginx in front of it, and install the wheel
	@$(PIP) install --require-hashes -r requirements-clients.lock
	@echo "pytest tests/clients"
	@$(BIN)/python -m pytest -n 2 --dist loadscope tests/clients

faults: $(VENV)/.development ## kill the build at 100 moments, workers and servers at others, lay siege to the server (some minutes)
	@echo "pytest tests/faults"
	@$(BIN)/python -m pytest -n 2 tests/faults

engines: $(VENV)/.development ## put a release into SPARQL engines of others, and ask them the public questions (asks for Debian's virtuoso-opensource-7-bin)
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@echo "pytest tests/engines"
	@$(BIN)/python -m pytest -n 2 --dist loadscope tests/engines

# The environment. A stamp says what is installed, so that nothing is asked of a package index twice.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Miljögrafen needs Python 3.11 or later as $(PYTHON); if it has another name here: make PYTHON=python3.12 …"; \
	  echo "(Debian, Ubuntu: apt install python3 python3-venv)"; exit 1; } >&2
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python lacks venv or pip. Debian, Ubuntu: apt install python3-venv. Others: install Python with them."; \
	  exit 1; } >&2
	@echo "making the environment $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.lock pyproject.toml
	@echo "installing what requirements.lock names"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.made requirements-dev.lock requirements.lock pyproject.toml
	@echo "installing what requirements-dev.lock names"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

$(VENV)/sssom/.made: $(VENV)/.made requirements-sssom.lock
	@echo "installing what requirements-sssom.lock names"
	@$(PYTHON) -m venv $(VENV)/sssom
	@$(VENV)/sssom/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-sssom.lock
	@touch $@

bench: $(VENV)/.development ## figures of building and of answering; they are read, not asserted
	@$(BIN)/python tests/benchmarks/skeleton.py
	@$(BIN)/python tests/benchmarks/links.py

bench-build: $(VENV)/.development ## what a build costs as it grows, beside the bulk loader of its engine (SIZES="1000000" takes others)
	@$(BIN)/python tests/benchmarks/building.py $(SIZES)

bench-rebuild: $(VENV)/.development ## what a build costs when one of twenty sources has changed, beside a whole one (SIZES="1000000" takes others)
	@$(BIN)/python tests/benchmarks/building.py again $(SIZES)

bench-serving: $(VENV)/.development ## figures of the endpoint beside its engine's own server (asks for wrk)
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@$(BIN)/python tests/benchmarks/serving.py

bench-documents: $(VENV)/.development ## figures of documents beside another linked-data server (asks for wrk and node)
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@cd tests/benchmarks && npm ci --ignore-scripts --silent
	@$(BIN)/python tests/benchmarks/documents.py

assets: $(VENV)/.development ## build the larger scripts of the pages, the map and the table of boundaries anew from endpoint/assets (asks for node)
	@$(PIP) install --require-hashes -r requirements-assets.lock
	@$(BIN)/python endpoint/assets/boundaries.py
	@$(BIN)/python endpoint/assets/geometries.py
	@cd endpoint/assets && npm ci --ignore-scripts --silent && npm run --silent build

lock: $(VENV)/.made ## write the lock files anew from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@echo "locking the dependencies of pyproject.toml"
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(BIN)/python -m venv "$$tools"; \
	"$$tools/bin/python" -m pip --disable-pip-version-check --quiet install 'uv>=0.9'; \
	lock() { \
	  "$$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE) "$$@"; \
	}; \
	lock pyproject.toml --group build --output-file requirements.lock; \
	lock pyproject.toml --group build --group test --constraints requirements.lock --output-file requirements-dev.lock; \
	lock --group assets --output-file requirements-assets.lock; \
	lock --group browsers --output-file requirements-browsers.lock; \
	lock --group clients --constraints requirements-dev.lock --output-file requirements-clients.lock; \
	lock --group sssom --output-file requirements-sssom.lock; \
	lock --group bench --output-file requirements-bench.lock

clean: ## remove the environment and what the tools keep; the releases in data/ stay
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find ontology shapes queries loaders endpoint tests -name __pycache__ -type d -prune -exec rm -rf {} +
