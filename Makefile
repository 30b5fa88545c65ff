# husret: the commands of the repository. Python 3.11 or newer with venv, make and git are enough.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The tests that need nothing but Python; .ci/run empties this to run them all.
MARKERS ?= not curl and not strace and not pango

# Each N-th mutant of the law; 1 tries them all.
EVERY ?= 1

# How often the verifier is tried with what was changed, and with what coverage leads to.
TRIES ?= 1000000
RUNS ?= 1000000

DISTRIBUTIONS := pyproject.toml protos/pyproject.toml verify/pyproject.toml
SERVER := $(VENV)/server.stamp
DEV := $(VENV)/dev.stamp
BENCH := $(VENV)/bench.stamp
MUTATION := $(VENV)/mutation.stamp
FUZZ := $(VENV)/fuzz.stamp

# The tests start many processes: each would compile all of husret again, were nothing kept.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test lint bench full mutation fuzz proto check-proto wheels clean

help:
	@echo "make demo         install husret into $(VENV) and show what it answers"
	@echo "make test         lint, types, layers and the tests"
	@echo "make lint         ruff, mypy and the layers only"
	@echo "make bench        measure"
	@echo "make full         all tests with their full counts, mutants of the law, fuzzing, bench"
	@echo "make mutation     mutants of the law (EVERY=20 tries each twentieth)"
	@echo "make fuzz         change what the verifier reads (TRIES=10000 RUNS=10000 for less)"
	@echo "make proto        generate the code of the protos; make check-proto proves it current"
	@echo "make wheels       build the three wheels and try them outside the checkout"
	@echo "make clean        remove $(VENV) and what tools have written"

demo: $(SERVER)
	@$(BIN)/husret demo --language en

test: lint
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "$(MARKERS)"

lint: $(DEV)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "Run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/mypy domain services projections verify/husret_verify tests tools
	@$(BIN)/lint-imports --no-logo --no-cache

bench: $(BENCH)
	@$(BIN)/python -m tests.benchmarks

full: $(DEV) $(BENCH) lint
	HUSRET_FULL=1 $(BIN)/python -m pytest --timeout=3600
	$(MAKE) mutation
	$(MAKE) fuzz
	$(MAKE) bench

mutation: $(MUTATION)
	@$(BIN)/python -m tools.mutation --every $(EVERY)

fuzz: $(FUZZ)
	@$(BIN)/python -m tests.verify.fuzz --tries $(TRIES)
	@$(BIN)/python -m tests.verify.fuzz_coverage -runs=$(RUNS)

proto: $(DEV)
	@$(BIN)/python -m tools.proto generate
	@$(BIN)/python -m tools.openapi

check-proto: $(DEV)
	@$(BIN)/python -m tools.proto check

wheels: $(DEV)
	@$(BIN)/python -m tools.wheels

clean:
	rm -rf $(VENV) dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find domain services projections protos verify tests tools -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "husret needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(SERVER): EXTRAS :=
$(DEV): EXTRAS := [dev]
$(BENCH): EXTRAS := [dev,bench]
$(MUTATION): EXTRAS := [dev,mutation]
$(FUZZ): EXTRAS := [dev,fuzz]

# pip is quiet: what it says about its sources stays in the log unless the installation fails.
$(SERVER) $(DEV) $(BENCH) $(MUTATION) $(FUZZ): $(DISTRIBUTIONS) | $(BIN)/python
	@echo "Installing husret$(EXTRAS) into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--editable ./protos --editable ./verify --editable '.$(EXTRAS)' \
		>$(VENV)/install.log 2>&1 \
		|| { sed -E 's#[a-z+]+://[^ ,)]*#(address)#g' $(VENV)/install.log; exit 1; }
	@touch $@
