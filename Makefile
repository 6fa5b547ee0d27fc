# Two commands matter: `make run` and `make test`. The rest keeps the house in order.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test check lock clean
.DEFAULT_GOAL := run

run: $(VENV)/installed-run
	@exec $(BIN)/quietlist up --demo --attached

test: $(VENV)/installed-test
	@./tests/install_system_packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg
	@# On all cores: half of the time goes to waiting for processes. One folder tells one story, in order.
	$(BIN)/pytest -n auto --dist loadfile

# Exact versions with their hashes; needs pip-tools, and the oldest Python that we run on (3.11.2,
# which is Debian 12's): it needs what later ones have built in.
COMPILE = pip-compile -q --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock:
	$(COMPILE) -o requirements/run.txt setup.cfg requirements/build.in
	$(COMPILE) --extra test -c requirements/run.txt -o requirements/test.txt setup.cfg requirements/build.in
	$(COMPILE) -o requirements/rsa.txt requirements/rsa.in

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Quietlist needs Python 3.11 or newer. Name it with: make PYTHON=/path/to/python3.11"; exit 1; }
	@# Debian keeps ensurepip in a package of its own.
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { apt-get update -qq && apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed-run: requirements/run.txt setup.cfg | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Signs eight copies at a time on processors with AVX-512: see docs/operations.md.
$(VENV)/installed-rsa: requirements/rsa.txt $(VENV)/installed-run
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/rsa.txt
	@touch $@

$(VENV)/installed-test: requirements/test.txt $(VENV)/installed-rsa
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
