# Everything is set up once; a stamp per part says that nothing has to be done again.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

# Without bytecode every process compiles all that it imports, each time: a start takes three times as long.
unexport PYTHONDONTWRITEBYTECODE

PYTHON_IN := .venv/bin/python
STEP := deploy/local/setup/step.sh
SETUP := deploy/local/setup
DONE := .famalink/setup
# An archive of loaded classes holds for the very Java that made it.
JAVA_BUILD := $(shell if version=$$($${JAVA_HOME:+$$JAVA_HOME/bin/}java -version 2>&1); \
	then cksum <<<"$$version" | cut -d " " -f 1; else echo none; fi)
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: setup ## Everything on this machine, from nothing; Ctrl-C stops all of it
	@exec $(PYTHON_IN) -m deploy.local --end-with-parent

.PHONY: test
test: setup-tests check ## Every check and test
	@$(PYTHON_IN) -m pytest --ignore=tests/bench

.PHONY: check
check: setup-tests ## Format, lint, types and the doors that stay shut
	@$(STEP) "Format" .venv/bin/ruff format --check .
	@$(STEP) "Lint" .venv/bin/ruff check .
	@$(STEP) "Types" .venv/bin/mypy
	@$(STEP) "Doors between rooms" .venv/bin/lint-imports

.PHONY: unit
unit: setup-tests ## Tests that need neither Kafka nor PostgreSQL
	@$(PYTHON_IN) -m pytest tests/unit tests/contract

.PHONY: faults
faults: setup-tests ## Kills services, Kafka and PostgreSQL in the midst of events; part of `test`
	@$(PYTHON_IN) -m pytest -s tests/faults

.PHONY: bench
bench: setup-tests ## What Famalink promises of its speed, as ratios in one run
	@$(PYTHON_IN) -m tests.bench

.PHONY: guide
guide: setup-tests ## docs/fama.md anew: the rules that the code keeps, for a clinician to check
	@$(PYTHON_IN) -m tests.guide

.PHONY: screenshots
screenshots: setup-tests ## Pictures of the main pages for docs, of a `make run` in another window
	@$(PYTHON_IN) -m tests.screenshots

.PHONY: reset
reset: ## Forget all data, keys, mail and logs of the local run
	@if [ -x $(PYTHON_IN) ]; then $(PYTHON_IN) -m deploy.local.reset; fi

.PHONY: lock
lock: ## Write requirements/*.txt anew from pyproject.toml; needs uv
	@$(COMPILE) requirements/build.in --output-file requirements/build.txt
	@$(COMPILE) pyproject.toml --extra local --extra dev --constraint requirements/build.txt --output-file requirements/dev.txt
	@$(COMPILE) pyproject.toml --extra local --constraint requirements/dev.txt --output-file requirements/local.txt
	@$(COMPILE) pyproject.toml --constraint requirements/dev.txt --output-file requirements/runtime.txt

# Set-up. What does not depend on each other runs side by side.

.PHONY: setup
setup: $(DONE)/tools-run-$(JAVA_BUILD) ## What `run` needs, without running it
	@$(MAKE) -s -j 4 $(DONE)/kafka-archive-$(JAVA_BUILD) $(DONE)/pages

.PHONY: setup-tests
setup-tests: $(DONE)/tools-test-$(JAVA_BUILD) ## What `test` needs, without testing
	@$(MAKE) -s -j 4 $(DONE)/python-test $(DONE)/kafka $(DONE)/pages

# Looked for again when Java is another one or gone.
TOOLS := $(DONE)/tools-run-$(JAVA_BUILD) $(DONE)/tools-test-$(JAVA_BUILD)
$(TOOLS): $(DONE)/tools-%-$(JAVA_BUILD): $(SETUP)/tools.sh $(SETUP)/found.sh
	@mkdir -p $(@D)
	@$(SETUP)/tools.sh $*
	@[ $(JAVA_BUILD) = none ] || touch $@

$(DONE)/python-run: requirements/local.txt requirements/build.txt pyproject.toml
	@$(STEP) "Python packages" $(SETUP)/python.sh requirements/local.txt
	@touch $@

$(DONE)/python-test: requirements/dev.txt requirements/build.txt pyproject.toml
	@$(STEP) "Python packages, with those for tests" $(SETUP)/python.sh requirements/dev.txt
	@touch $@ $(DONE)/python-run

$(DONE)/pages: package-lock.json package.json .npmrc
	@$(STEP) "Page assets" npm ci
	@touch $@

$(DONE)/kafka: deploy/local/kafka/pom.xml $(SETUP)/kafka.sh
	@$(STEP) "Kafka" $(SETUP)/kafka.sh
	@touch $@

$(DONE)/kafka-archive-$(JAVA_BUILD): $(DONE)/kafka | $(DONE)/python-run
	@$(STEP) "Kafka's quick start" $(PYTHON_IN) -m deploy.local.kafka.archive
	@touch $@
