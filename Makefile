# The two commands most people need are `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
RUN := .venv/run.stamp
DEV := .venv/dev.stamp
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
# Tests start many processes, and each would read the program from its source where images of containers switch this on.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check unit slow browser long simulate bench bench-large drill torture torture-records words schemas screenshots lock clean

# Say what can be asked for
help:
	@awk '/^# / {said = substr($$0, 3)} /^[a-z-]+:/ && said {sub(":.*", ""); printf "make %-12s %s\n", $$0, said} !/^# / {said = ""}' Makefile

# Open the panel on this machine; the first time it makes the environment and the demo city (PORT=8501)
run: $(RUN)
	@$(BIN)/python -m dashboards serve --port $(PORT)

# Everything that must hold before a change is kept: style, types, walls, and all tests
test: check unit browser

# Style, types and the walls between the rooms
check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

# The tests that need no browser
unit: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser -m "not browser and not slow and not long"

# The tests over whole public data sets; they print the figures of docs/foresight.md
slow: $(DEV)
	$(BIN)/python -m pytest -m slow -s

# The journeys in a real browser, which is found or installed first
browser: $(DEV)
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder tests/browser -m "browser and not long"

# The long ones among the tests: every goal's sheet, every report in the other language, a demo city stopped half way; and whole drills
long: $(DEV)
	$(BIN)/python tests/chromium.py
	MANDATO_THOROUGH=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m long
	MANDATO_THOROUGH=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m "not long" $(WHOLE)

# The files whose drills `make test` takes a part of (tests/thorough.py)
WHOLE = $(shell grep -rl "from tests.thorough import" tests --include="test_*.py") tests/data/test_snapshots.py

# Estimators and verdicts on 500 made panels of cities whose truth is known, and doubt on 1,000 made indices; minutes long
simulate: $(DEV)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.simulate

# How fast it is, as ratios to a floor measured in the same run
bench: $(DEV)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench

# What the pages ask of 100 million values; much room, and long
bench-large: $(DEV)
	$(BIN)/python -m tests.bench.bench_facts --large

# Kill a load at 30 random points and look whether anything was half done; minutes long
drill: $(DEV)
	$(BIN)/python -m tests.drills.kill_ingest

# Kill what loads, backs up and restores three hundred times, and look whether anything was lost or half done; minutes long
torture: $(DEV)
	$(BIN)/python -m tests.drills.killing

# 50 editors on one action for 100 rounds, and 60 kills of a writer, on SQLite and on PostgreSQL; minutes long
torture-records: $(DEV)
	$(BIN)/python -m tests.drills.records

# Which words stand where: a problem's message is its first argument, its hint the second; `t` counts the arguments of the call
SAID := -k N_ -k NN_:1,2 -k Problem:1 -k Fault:1 -k NotPossibleNow:1 -k problem:2 -k at:3 \
	$(foreach n,2 3 4 5 6 7 8,-k Problem:2,$(n)t -k Fault:2,$(n)t -k problem:3,$(n)t -k at:4,$(n)t)
SPOKEN := streamlit_app.py pages dashboards $(wildcard kpis/*.py) kpis/foresight/series.py kpis/impact kpis/quality kpis/reviews kpis/meetings \
	kpis/metrics kpis/smart kpis/workshop kpis/appraisals kpis/peers kpis/index data/definitions.py data/located.py data/context_problems.py \
	data/comparison_problems.py data/definition_edits.py data/yaml_text.py \
	data/fetch_declaration.py data/model.py data/yaml_file.py data/yaml_syntax.py data/ingest data/proposal data/boundaries \
	data/plans data/assessments data/practices data/meetings data/reviews data/snapshots data/exchange data/plan_files/cells.py data/plan_files/days.py data/access.py data/arms.py \
	data/people.py data/people_file.py data/records/trouble.py data/records/database.py data/records/schema.py \
	data/records/writing.py data/records/faults.py data/records/verification.py data/home.py data/versions.py data/migration.py \
	data/definition_lock.py data/seal.py data/undone.py data/rehearsal.py

# Gather the sentences of the screen and bring the catalogues up to date
words: $(DEV)
	$(BIN)/pybabel --quiet extract --no-location --sort-output --project=Mandato $(SAID) -o dashboards/locales/mandato.pot $(SPOKEN)
	$(BIN)/pybabel --quiet update --no-wrap --no-fuzzy-matching --domain=mandato -l es -i dashboards/locales/mandato.pot -d dashboards/locales --ignore-obsolete

# Write the JSON Schemas by which an editor completes and underlines the YAML files
schemas: $(RUN)
	$(BIN)/python -m kpis schema docs/schemas

# Pictures of every page, with data, empty and in error, in each width, theme and language, into screenshots/ (ONLY=goal)
screenshots: $(DEV)
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m tests.browser.screenshots $(ONLY)

# Write the lock files again after a change to requirements.txt or pyproject.toml; needs the network
lock: $(DEV)
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) requirements.txt --group scale -c requirements.lock -o requirements-scale.lock
	$(LOCK) requirements.txt --group dev -c requirements-scale.lock -o requirements-dev.lock

# Throw away the environment and what tools left behind; never the city's data
clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Half an environment would be taken for a whole one the next time.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Mandato needs Python 3.11 or newer, and $(PYTHON) is older or missing; name another: make run PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(RUN): requirements.lock | $(BIN)/python
	@echo "Making the environment in .venv: a minute or two, this once" >&2
	@$(PIP) -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock | $(BIN)/python
	@echo "Making the environment for tests in .venv: a few minutes, this once" >&2
	@$(PIP) -r requirements-dev.lock
	@touch $@
