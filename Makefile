# Two commands do everything on a fresh machine: `make run` and `make test`.
# No line here needs anything but Python, git and (for tests) apt.

SHELL := bash
PY := .venv/bin/python
export MATXICH_HOME ?= $(CURDIR)/var
PORT ?= 8000

.PHONY: setup run test check bench format messages lock pages

.venv/installed: requirements/run.txt requirements/dev.txt requirements/setup.txt pyproject.toml tools/environment
	bash tools/environment
	touch $@

setup: .venv/installed
	.venv/bin/matxich setup

run: setup
	.venv/bin/matxich demo
	.venv/bin/matxich serve --port $(PORT)

test: .venv/installed
	bash tools/test

check: .venv/installed
	bash tools/check

bench: .venv/installed
	bash tools/system-packages postgresql wrk
	$(PY) -m benchmarks

format: .venv/installed
	.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format .

# Collect the strings of the screens and compile the catalogues.
messages: .venv/installed
	$(PY) -m tools.messages

# Write the hashed requirement files anew from the .in files.
lock: .venv/installed
	bash tools/lock
