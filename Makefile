# make run    serve the platform with demonstration content at http://127.0.0.1:8000; another port: make run PORT=8001
# make quick  before each commit: style, types, contracts, unit and house tests
# make watch  the unit tests that a saved file touches, each time one is saved; others: make watch TESTS=tests/integration/exams
# make test   everything that must hold: style, types, contracts, unit, integration and browser tests
# make faults what takes longer: kills under load, and generated tests whole, of which `make test` takes the day's sample
# make bench  the hot paths, as ratios to a no-op route of the same run

PYTHON ?= python3
PORT ?= 8000
TESTS ?= tests/unit
BIN := .venv/bin
# Side by side, but each tells its story in one piece. The make of a Mac has no such option, and mixes them.
TOGETHER := $(MAKE) --no-print-directory --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync)

.PHONY: run test faults bench setup browser quick watch checks style types contracts scripts browser-files
.DELETE_ON_ERROR:

run: export ANPEI_DEMONSTRATION = true
run: export ANPEI_BASE_URL ?= http://127.0.0.1:$(PORT)
run: setup
	@$(BIN)/anpei demo
	@exec $(BIN)/anpei serve --port $(PORT)

checks: setup
	@$(TOGETHER) types style contracts scripts

style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.squawk

# The screens' scripts: mistakes and what old browsers lack, types, tests beside the modules.
scripts: node_modules/ready
	node_modules/.bin/eslint .
	node_modules/.bin/tsc -p tsconfig.json
	node_modules/.bin/tsc -p tsconfig.tests.json
	node --test --test-reporter=dot $$(find web tests -name '*.test.js' -not -path 'web/static/*')

quick: checks
	$(BIN)/pytest -q -n 2 --dist worksteal tests/unit tests/house

watch: setup
	$(BIN)/ptw . --now --clear --runner $(BIN)/pytest -p testmon.pytest_testmon --testmon -q $(TESTS)

test: checks browser
	$(BIN)/pytest -n 2 --dist loadfile

faults: setup
	ANPEI_TEST_WHOLE=yes $(BIN)/pytest -m generated
	$(BIN)/pytest tests/faults

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

# Every time: which icons are drawn depends on what every template and module names, a script on all that it imports, and
# writing nothing takes a moment.
browser-files: node_modules/ready .venv/ready
	@$(BIN)/python -m host.static_build
