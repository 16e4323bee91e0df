PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test coverage check-code lock clean

run: .venv/.run-ready
	@$(BIN)/python scripts/serve.py

test: .venv/.test-ready check-code
	$(BIN)/pytest -n auto

coverage: .venv/.test-ready
	$(BIN)/pytest -n auto --cov --cov-report=term

check-code: .venv/.test-ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.venv/.run-ready: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the letter needs into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@git config merge.letter-po.name "entries of catalogues" 2>/dev/null || true
	@git config merge.letter-po.driver "'$(CURDIR)/$(BIN)/python' '$(CURDIR)/scripts/merge_driver.py' %O %A %B %P" 2>/dev/null || true
	@touch $@

.venv/.test-ready: requirements-dev.txt .venv/.run-ready
	@echo "Installing what the tests need into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

lock: pyproject.toml
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra build pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra build --extra serve -c requirements.txt pyproject.toml -o requirements-serve.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --all-extras -c requirements.txt pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra build --extra serve --extra card --extra pdf -c requirements-dev.txt pyproject.toml -o requirements-documents.txt

clean:
	rm -rf .venv
