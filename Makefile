# Two commands on a fresh machine: `make demo` and `make test`. Both set up first.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo test test-all test-slow test-next test-tools lint format bench lock clean

setup: $(VENV)/.complete

# The marker is written last, so that an interrupted set-up is repeated.
$(VENV)/.complete: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: setup
	OMP_NUM_THREADS=1 $(BIN)/python train.py --multirun experiment=demo name=demo \
		hydra/launcher=joblib hydra.launcher.n_jobs=2

test: setup
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile

test-all: test test-slow test-next

test-slow: setup
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m slow

# The generator of the bundled dialogues and the training of model=tiny.
test-tools: setup
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile tools

# The test suite on the newest release candidates of Hydra and OmegaConf, in a separate environment.
test-next: .venv-next/.complete
	OMP_NUM_THREADS=1 .venv-next/bin/python -m pytest -n 2 --dist loadfile

.venv-next/.complete: requirements.lock requirements-next.lock pyproject.toml
	test -x .venv-next/bin/python || $(PYTHON) -m venv .venv-next
	.venv-next/bin/pip install --quiet --requirement requirements.lock
	.venv-next/bin/pip install --quiet --requirement requirements-next.lock
	.venv-next/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile Dockerfile.cuda

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup
	for file in benchmarks/*.py; do OMP_NUM_THREADS=1 $(BIN)/python $$file; done

# The versions that were tested together; pip keeps what is installed.
lock: setup
	$(BIN)/python -m pip list --format=freeze --exclude-editable --exclude pip \
		| sed 's/+cpu$$//' > requirements.lock

clean:
	rm -rf $(VENV) .venv-next outputs
