PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# A lock is taken as it stands: without --no-deps pip would look for what else its packages want, and
# find releases that are newer than the lock. `pip check` says whether the lock was complete.
INSTALL := $(PIP) install --quiet --no-deps --require-hashes
LOCK := uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-header --no-annotate pyproject.toml
# Tests wait for browsers and servers about as long as they work: on few processors two workers share one.
WORKERS := $(shell n=$$(getconf _NPROCESSORS_ONLN); echo $$((n < 4 ? 2 * n : n)))
LOCKS := requirements.txt requirements-documents.txt requirements-dev.txt

.PHONY: help run test quick coverage weblate check-code lock clean driver
.DEFAULT_GOAL := help

help:  # What make can do here
	@sed -n 's/^\([a-z-]*\):[^#]*#  *\(.*\)/make \1	\2/p' Makefile | expand -t 18

run: .venv/.run-ready  # read the letter at a local address
	@$(BIN)/python scripts/serve.py

test: .venv/.test-ready  # all tests, ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@# mypy has one process, and runs beside the tests; what it says comes last, where it is seen.
	$(BIN)/mypy > .venv/mypy.txt & types=$$!; $(BIN)/pytest -n $(WORKERS) --dist worksteal; tests=$$?; \
	  wait $$types; types=$$?; cat .venv/mypy.txt; exit $$((tests | types))

quick: .venv/.test-ready  # the tests that take under a minute together
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --quiet -m "not slow"

coverage: .venv/.test-ready  # all tests, and which lines they reach
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term

weblate: .venv/.test-ready  # a real Weblate and the letter live together; takes ten minutes, PostgreSQL and Redis
	$(BIN)/python -m tests.weblate

check-code: .venv/.test-ready  # ruff and mypy alone
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.venv/.made:
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or newer is needed, and this is {v}: say which, as in make PYTHON=python3.12 run")'
	@$(PIP) --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv
	@touch $@

# At each call, since a clone may have been moved. Where Python is gone, or is an old one, git would
# leave our side alone in the file: the lines of both are better.
driver: | .venv/.made
	@git config merge.letter-po.name "entries of catalogues" 2>/dev/null || true
	@git config merge.letter-po.driver "'$$(readlink -f $(BIN)/python)' -S -I '$(CURDIR)/scripts/merge_driver.py' %O %A %B %P; r=\$$?; test \$$r -lt 2 || git merge-file %A %O %B; exit \$$r" 2>/dev/null || true

.venv/.run-ready: requirements.txt pyproject.toml | .venv/.made driver
	@echo "Installing what the letter needs into .venv ..."
	@$(INSTALL) -r requirements.txt
	@$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@$(PIP) check > .venv/check.txt || { cat .venv/check.txt; exit 1; }
	@touch $@

# Most of their modules are never imported: Python compiles the others when they are.
.venv/.test-ready: $(LOCKS) .venv/.run-ready
	@echo "Installing what the tests need into .venv ..."
	@$(INSTALL) --no-compile -r requirements-documents.txt -r requirements-dev.txt
	@$(PIP) check > .venv/check.txt || { cat .venv/check.txt; exit 1; }
	@touch $@

lock: | .venv/.made  # the locks anew, from pyproject.toml; UPGRADE=--upgrade for newer releases; needs uv
	@cat $(LOCKS) > .venv/all.txt
	$(LOCK) --all-extras $(UPGRADE) -o .venv/all.txt
	$(LOCK) --extra build --extra serve -c .venv/all.txt -o requirements.txt
	$(LOCK) --extra card --extra pdf -c .venv/all.txt $$(sed -n 's/^\([a-z0-9-]*\).*==.*/--no-emit-package \1/p' requirements.txt) -o requirements-documents.txt
	$(LOCK) --all-extras -c .venv/all.txt $$(sed -n 's/^\([a-z0-9-]*\).*==.*/--no-emit-package \1/p' requirements.txt requirements-documents.txt) -o requirements-dev.txt

clean:  # remove what make installed
	rm -rf .venv
