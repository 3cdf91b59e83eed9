# `make help` lists what can be made. PYTHON=… names the Python to use, ARGS=… goes to pytest or to the lock.

VENV := .venv
BIN := $(VENV)/bin
LOCKS := builder/locks
# Many tests wait for a browser or a server, so one process more than there are processors.
WORKERS = $(shell $(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)")
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP := $(BIN)/python -m pip install -qq --no-input --no-deps
LOCK := $(VENV)/.uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" $(ARGS)

# An environment that was moved, or whose Python is gone, is made anew.
ifneq ("$(shell $(BIN)/python -c '' 2>/dev/null && cat $(VENV)/.made 2>/dev/null)","$(CURDIR)")
STALE := stale
endif

.DEFAULT_GOAL := help
.PHONY: bench clean emulators format fuzz help languages lint lock oldest programs quick quick-tests release site soak stale test

help: ## Tell what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

site: $(VENV)/.run ## Build content/ into site/
	@$(BIN)/backstory build
	@echo "Look at it: $(BIN)/python -m http.server --directory site 8000, then http://localhost:8000/"

# What the tests need besides is installed while the types are checked: one waits for the network, the other for a processor.
test: $(VENV)/.test ## Check everything: format, lint, types, import contracts and all tests
	@$(MAKE) --no-print-directory --jobs=2 lint programs
	$(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal $(ARGS)

# The types are checked while the tests run: mypy keeps one processor busy, for long after a change that many modules see.
quick: $(VENV)/.test ## Check what a change most often breaks: format, lint, types, import contracts, the quicker unit tests and cases
	@$(MAKE) --no-print-directory --jobs=2 lint quick-tests

# Few of these tests wait, and each process more imports them all once more.
quick-tests: $(VENV)/.test
	$(BIN)/pytest --numprocesses=auto --dist=worksteal -q -m "not slow" tests/unit tests/behaviour tests/architecture $(ARGS)

programs: $(VENV)/.test
	@$(BIN)/python tests/browser/install.py
	@$(BIN)/python tests/publish/install.py

soak: $(VENV)/.test ## Test for long: all examples of properties, every write of a disk that fails (ARGS="-k incremental"); STEPS=5000: the long life of one site, which goes on where it was stopped (ANEW=1: from the beginning)
ifdef STEPS
	@$(BIN)/python -m tests.soak --steps $(STEPS) $(and $(SEED),--seed $(SEED)) $(and $(ANEW),--anew)
else
	BACKSTORY_SOAK=1 $(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal -o timeout=0 tests/property tests/hostile tests/faults $(ARGS)
endif

emulators: $(VENV)/.test ## Publish to emulators of S3 and Azure, which it installs (700 MB, with npm)
	@$(BIN)/python -m tests.publish.emulators

lint: $(VENV)/.test ## Check format, lint, types and import contracts
	$(BIN)/ruff format --check --quiet --output-format=concise
	$(BIN)/ruff check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.test ## Format the code, and fix what ruff can fix
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/ruff format

lock: $(VENV)/.made ## Write the lock files anew (ARGS=--upgrade: with the newest versions)
	@$(BIN)/python -m pip install -qq --upgrade --target $(VENV)/.uv uv
	$(LOCK) pyproject.toml --extra search --group build -o $(LOCKS)/run.txt
	$(LOCK) pyproject.toml --extra search --extra import --group build --group test -c $(LOCKS)/run.txt -o $(LOCKS)/test.txt

oldest: $(VENV)/.test ## Test with the oldest releases that pyproject.toml allows
	@$(BIN)/python -m pip install -qq --upgrade --target $(VENV)/.uv uv
	@$(BIN)/python -m venv --clear $(VENV)/.oldest
	@$(VENV)/.uv/bin/uv pip compile -q --resolution lowest-direct --python-version 3.11 pyproject.toml -o $(VENV)/.oldest/lock.txt
	@$(VENV)/.oldest/bin/python -m pip install -qq --no-input --no-deps -r $(LOCKS)/test.txt
	@$(VENV)/.oldest/bin/python -m pip install -qq --no-input --no-deps -r $(VENV)/.oldest/lock.txt
	@$(VENV)/.oldest/bin/python -m pip install -qq --no-input --no-deps --no-build-isolation --editable .
	$(VENV)/.oldest/bin/pytest --numprocesses=auto --dist=worksteal $(ARGS)

languages: $(VENV)/.test ## Make the catalogues from the .po and .toml files and CLDR; tell what is not translated
	@$(BIN)/python -m builder.i18n.catalogues

bench: $(VENV)/.run ## Measure builds beside Hugo and Eleventy (N="100 1000 5000" ROUNDS=5 PEERS="hugo eleventy pelican" PHASES="cold,same")
	@$(BIN)/python -m tests.bench $(and $(N),--explainers "$(N)") $(and $(ROUNDS),--rounds "$(ROUNDS)") $(and $(PEERS),--peers "$(PEERS)") \
		$(and $(PHASES),--phases "$(PHASES)")

fuzz: $(VENV)/.test ## Feed the readers what a fuzzer thinks of (SECONDS=60 each, TARGETS="document block body date quote")
	@$(BIN)/python -m pip install -qq --no-input --only-binary=:all: "atheris>=3,<4" || \
		{ echo "There is no ready-made atheris for $$($(BIN)/python --version) on this system. Name a Python that it is made for: make clean, then make fuzz PYTHON=python3.11." >&2; exit 1; }
	@$(BIN)/python -m tests.fuzz $(and $(TARGETS),--targets "$(TARGETS)") --seconds $(or $(SECONDS),60)

release: $(VENV)/.test ## Check the version, build the wheel and the source archive, and try each in an empty environment; no upload
	@$(BIN)/python -m tests.release

clean: ## Delete all that can be made again: the environment, site/ and caches
	rm -rf $(VENV) site .backstory .bench .fuzz .soak .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find builder tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: each step leaves a stamp, and is repeated when what it came from is newer ---

$(VENV)/.made: $(STALE)
	@python=; \
	for name in $(PYTHONS); do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Backstory needs Python 3.11 or newer; found: $$($(firstword $(PYTHONS)) --version 2>&1 | head -n 1). Install a newer one, or name one: make PYTHON=/path/to/python3.11 …" >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$python" --version)."; \
	"$$python" -m venv --clear $(VENV) || { echo "$$python cannot make environments; on Debian and Ubuntu, install the package python3-venv." >&2; exit 1; }
	@printf '%s' "$(CURDIR)" > $@

$(VENV)/.run: $(VENV)/.made $(LOCKS)/run.txt pyproject.toml
	@echo "Installing what Backstory needs."
	@$(PIP) --require-hashes -r $(LOCKS)/run.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run $(LOCKS)/test.txt
	@echo "Installing what its tests need."
	@$(PIP) --require-hashes -r $(LOCKS)/test.txt
	@touch $@
