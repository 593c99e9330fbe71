"""A slice of the gazetteer, built twice: the same bytes, and it opens and answers."""

import os
import sqlite3
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from gazetteer import Gazetteer, SourceError
from gazetteer.areas import create_area_tables
from gazetteer.build import airports, cities, countries
from gazetteer.build.area_rows import water_rows
from gazetteer.build.areas import AreaSources
from gazetteer.build.districts import Districts, read_districts, read_told
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_manifest, write_places
from gazetteer.format import MANIFEST, PLACES, POSTINGS, TRIE, BlockKind, NameFlag
from gazetteer.place import LngLat, PlaceKind


def _rows() -> list[Row]:
    sources = AreaSources()
    states = list(countries.rows({}))
    iso = {row.country: row.id for row in states if row.country}
    tagged = sources.tagged_names()
    lebanon = [row for row in cities.rows({276781: "PPLC"}, {}, iso, tagged) if row.country == "LB"][:60]
    districts = Districts(
        (source for source in read_districts(sources.table("districts.tsv.xz")) if source.country == "LB"),
        read_told(),
        {},
        {row.country: row for row in states if row.country},
        {"LB": 10_400.0},
    )
    second_level, _ = districts.rows(lebanon, states)
    waters = water_rows(sources.waters)
    return [*states, *lebanon, *second_level, *waters, *islice(airports.rows(iso), 40)]


def _build(folder: Path) -> None:
    names = NameTable()
    connection = sqlite3.connect(folder / PLACES)
    create_area_tables(connection)
    ordinals = write_places(connection, _rows(), names)
    names.add("Lebanese", ordinals["geonames:272103"], NameFlag.DEMONYM)
    names.block("Bank of Lebanon", BlockKind.ORGANISATION)
    connection.commit()
    connection.close()
    names.write(folder / TRIE, folder / POSTINGS)
    write_manifest(folder, {"places": len(ordinals)}, {"slice": "Lebanon"})


@pytest.fixture(scope="module")
def slices(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two builds, each in its own process: what hangs on the order of a set differs between them."""
    built = []
    for seed in ("1", "2"):
        folder = tmp_path_factory.mktemp(f"slice{seed}")
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nimport test_build_slice, pathlib\n"
        code += f"test_build_slice._build(pathlib.Path({str(folder)!r}))"
        root = Path(__file__).parents[2]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=root)
        built.append(folder)
    return built


def test_the_same_sources_give_the_same_bytes(slices: list[Path]) -> None:
    for file in (TRIE, POSTINGS, PLACES, MANIFEST):
        assert (slices[0] / file).read_bytes() == (slices[1] / file).read_bytes(), file


def test_a_built_slice_answers(slices: list[Path]) -> None:
    with Gazetteer(slices[0]) as world:
        assert world.lookup("لبنان")[0].place.id == "geonames:272103"
        assert world.lookup("قضاء صور")[0].place.kind is PlaceKind.ADMIN2
        (demonym,) = world.scan("Lebanese")
        assert world.demonym(demonym) == world.place("geonames:272103")
        (blocked,) = world.scan("Bank of Lebanon")
        assert world.candidates(blocked) == ()
        assert blocked.postings[0].flags & NameFlag.BLOCK


def _row(id_: str, parent: str | None = None) -> Row:
    return Row(id_, "X", PlaceKind.SITE, "PPL", LngLat(0, 0), "LB", parent, 0, 1000, "test")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([_row("a"), _row("a")], "places with one id: a"),
        ([_row("a", "nowhere")], "its parent nowhere is no place"),
    ],
)
def test_wrong_rows_are_named(tmp_path: Path, rows: list[Row], message: str) -> None:
    connection = sqlite3.connect(tmp_path / PLACES)
    with pytest.raises(SourceError, match=message):
        write_places(connection, rows, NameTable())
    connection.close()
