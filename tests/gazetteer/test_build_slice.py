"""A slice of the gazetteer, built twice: the same bytes, and it opens and answers."""

import sqlite3
from itertools import islice
from pathlib import Path

import pytest

from gazetteer import Gazetteer, SourceError
from gazetteer.areas import create_area_tables
from gazetteer.build import airports, cities, countries
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_manifest, write_places
from gazetteer.format import MANIFEST, PLACES, POSTINGS, TRIE, BlockKind, NameFlag
from gazetteer.place import LngLat, PlaceKind


def _rows() -> list[Row]:
    states = list(countries.rows({}))
    iso = {row.country: row.id for row in states if row.country}
    lebanon = (row for row in cities.rows({276781: "PPLC"}, {}, iso) if row.country == "LB")
    return [*states, *islice(lebanon, 60), *islice(airports.rows(iso), 40)]


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


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
        _build(tmp_path / name)
    for file in (TRIE, POSTINGS, PLACES, MANIFEST):
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes(), file


def test_a_built_slice_answers(tmp_path: Path) -> None:
    _build(tmp_path)
    with Gazetteer(tmp_path) as world:
        assert world.lookup("لبنان")[0].place.id == "geonames:272103"
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
