# Two commands do everything: `make demo` and `make test`. `make check` is what CI holds a commit to.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := pyproject.toml $(shell find gazetteer/build gazetteer/sources -type f -not -path '*/__pycache__/*' 2>/dev/null) gazetteer/names.py

.PHONY: demo test check bench format clean

# The editable install builds the gazetteer's data (gazetteer/data); it is redone when a source changes.
$(READY): $(SOURCES)
	$(PYTHON) -c 'import sys; sys.exit("geomap needs Python 3.11 or newer; this is %d.%d: make PYTHON=python3.12" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,check]'
	touch $(READY)

demo: $(READY)
	mkdir -p out
	$(BIN)/geomap map examples/articles -o out/map.html --geojson out/incidents.geojson
	@echo "The map:     $(CURDIR)/out/map.html  (open it in any browser; it needs no network)"
	@echo "The GeoJSON: $(CURDIR)/out/incidents.geojson"

test: $(READY)
	$(BIN)/python -m pytest -q

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/maps.py

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist out .pytest_cache .mypy_cache .ruff_cache
	find gazetteer/data -type f ! -name '*.md' -delete
