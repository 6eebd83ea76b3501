# make run   serve the platform with demonstration content at http://127.0.0.1:8000; another port: make run PORT=8001
# make test  everything that must hold: style, types, contracts, unit, integration and browser tests
# make bench the hot paths, as ratios to a no-op route of the same run

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test bench setup browser quick checks browser-files
.DELETE_ON_ERROR:

run: export ANPEI_DEMONSTRATION = true
run: export ANPEI_BASE_URL ?= http://127.0.0.1:$(PORT)
run: setup
	@$(BIN)/anpei demo
	@exec $(BIN)/anpei serve --port $(PORT)

checks: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.squawk

quick: checks
	$(BIN)/pytest -q tests/unit tests/house

test: checks browser
	$(BIN)/pytest -n 2 --dist loadfile

bench: setup
	$(BIN)/python -m tests.bench

setup: .venv/ready browser-files

browser: setup
	$(BIN)/python -m tests.browser.chromium

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Anpei needs Python 3.11 or newer; set PYTHON=python3.x"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || { echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing the Python packages; this takes minutes the first time."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

node_modules/ready: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error --no-update-notifier
	@touch $@

# Every time: which icons are drawn depends on what every template and module names, and writing nothing takes a moment.
browser-files: node_modules/ready .venv/ready
	@$(BIN)/python -m web.static_build
