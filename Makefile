# Daily actions. Nothing needs to be installed before them but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LETTER := transcripts/1950-10-08-feng-xi-to-kim-il-sung.txt

.PHONY: review test check bench lint pictures clean

review: $(VENV)/.ready
	@$(BIN)/sverka review $(LETTER)

# Two at once, each file of tests in one process: what is measured once for a file is not measured twice.
test: lint
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(VENV)/.ready
	$(BIN)/sverka check --exit-zero transcripts/

# Measures, prints, and writes docs/accuracy.md. SHARED: where the larger sets lie; ABLATION=1: without each group of features, too;
# LEARNING=1: what decisions teach, too.
# One thread: the figures of the peers come from processes at work beside it.
SHARED ?= ../shared
bench: $(VENV)/.bench
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
	$(BIN)/python -m bench --shared $(SHARED) --page docs/accuracy.md $(if $(ABLATION),--ablation) $(if $(LEARNING),--learning)

# The peers are worth having, but not needed: what cannot be installed is named as not measured.
$(VENV)/.bench: $(VENV)/.ready
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	$(BIN)/sverka check --quiet --exit-zero --no-cache $(LETTER) > /dev/null  # compiles the search, which takes some seconds once
	@touch $@

# The desk as the README shows it: two decisions made, then the first finding of a line with a misread word.
pictures: $(VENV)/.ready
	$(BIN)/python -m sverka.tui.picture $(LETTER) docs/pictures/desk.svg --keys y n g 5 3 enter

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	$(BIN)/sverka check --quiet --exit-zero --no-cache $(LETTER) > /dev/null  # compiles the search, which takes some seconds once
	@touch $@

clean:
	rm -rf $(VENV) report
