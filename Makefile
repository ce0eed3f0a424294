# make run     serve the app at http://127.0.0.1:8501 (another port: make run PORT=9000)
# make test    install what the tests need, a browser included, and run every test
# make check   format, lint, check types, run the quick tests (with CI set: complain instead of formatting)
# make bench   measure how fast it is, against JAX and SymPy (ONLY=parse, first, orders, million, budget, updates, browser, slider, gradient, inverse, learn or sharing for one part)
# make setup   only make the environment, .venv
# make picture take the picture in the README again
# make clean   remove .venv and caches

PORT ?= 8501
PYTHONS ?= python3.13 python3.12 python3.11 python3 python
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

.PHONY: run setup test-setup test check bench picture clean

run: setup
	@exec $(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: test-setup
	@$(BIN)/python tests/browser/chromium.py
	@$(BIN)/python -m pytest -n auto -m "not browser"
	@$(BIN)/python -m pytest -m browser

check: test-setup
	@$(BIN)/ruff format $(if $(CI),--check) .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n auto -m "not slow and not browser"

bench: .venv/bench.stamp
	@PYTHONPATH=. $(BIN)/python tests/benchmarks $(ONLY)

picture: test-setup
	@$(BIN)/python tests/browser/chromium.py
	@mkdir -p docs
	@NABLA_PICTURE=docs/picture.png $(BIN)/python -m pytest tests/browser/test_picture.py

setup: .venv/app.stamp
	@:

test-setup: .venv/tests.stamp
	@:

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache

# A stamp is written last, so a setup that was interrupted starts again. `ensurepip` mends a .venv that has no pip yet.
.venv/app.stamp: requirements.txt $(BIN)/python
	@echo "Installing requirements.txt into .venv (the first time takes some minutes: PyTorch is large)"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(PIP) -r requirements.txt
	@touch $@

.venv/tests.stamp: tests/requirements.txt .venv/app.stamp
	@echo "Installing tests/requirements.txt into .venv"
	@$(PIP) -r tests/requirements.txt
	@touch $@

.venv/bench.stamp: tests/benchmarks/requirements.txt .venv/tests.stamp
	@echo "Installing tests/benchmarks/requirements.txt into .venv"
	@$(PIP) -r tests/benchmarks/requirements.txt
	@touch $@

# Each candidate is run, not only looked up: a version manager's placeholder is on the PATH but doesn't work.
$(BIN)/python:
	@for python in $(PYTHONS); do \
	    if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	        echo "Making .venv with $$($$python --version)"; \
	        exec $$python -m venv --clear .venv; \
	    fi; \
	done; \
	echo "Nabla needs Python 3.11 or newer with its venv module; none of these is one: $(PYTHONS)."; \
	echo "On Debian or Ubuntu: apt-get install python3 python3-venv. Elsewhere: install Python from python.org,"; \
	echo "or name the one to use: make $(MAKECMDGOALS) PYTHONS=/path/to/python3"; \
	exit 1
