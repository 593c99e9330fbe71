"""Rows → the files that a `Gazetteer` opens; in bounded memory, so that the whole GeoNames dump can be compiled.

The files are those of `gazetteer.format`, the bytes those of `gazetteer.build.writer` for the same rows (a test
compares them). What differs is the way: names go through a sorted table on disk instead of a dictionary.
"""

import hashlib
import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from enum import StrEnum
from itertools import groupby, islice, pairwise
from pathlib import Path

import marisa_trie

from gazetteer.areas import create_area_tables
from gazetteer.build.rows import Row
from gazetteer.build.variants import variants
from gazetteer.build.writer import merged_flags
from gazetteer.errors import SourceError
from gazetteer.format import (
    LONGEST_NAME_WORDS,
    MANIFEST,
    ORDINAL_BITS,
    ORDINAL_MASK,
    PLACES,
    POSTINGS,
    TRIE,
    VERSION,
    NameFlag,
)
from gazetteer.geometry import Geometry, bounds_of, encode, polygon_geometry
from gazetteer.layers.row import LayerRow
from gazetteer.names import name_keys
from gazetteer.place import PlaceKind
from gazetteer.store import INDEXES, MICRO, SCHEMA, stored_id, told_id

_BATCH = 5000
_DRAWN = 2000
"""Positions of a shape as it is drawn; the built-in areas keep to the same (`gazetteer.areas.Areas.shape`)."""
_DECIMALS = 6
"""0.1 m: a compound of a few houses keeps its corners. (The built-in areas are outlines of countries: 3.)"""
_SPOOL = "names.spool"


_KEPT_TERMS = 50_000
"""Words of `_Terms` kept in memory: a file of a user has a source a row."""


class Standing(StrEnum):
    """How a layer stands to what is below it."""

    ABOVE = "above"
    """A user's own places: their names win."""
    BESIDE = "beside"
    """A mass of further places, such as a GeoNames dump: known names keep their meaning."""


def build_layer(rows: Iterable[LayerRow], folder: Path, label: str, standing: Standing) -> dict[str, int]:
    """Compile rows into a folder; returns how many places of each kind and names there are.

    The manifest is written last: a folder of a build that stopped half-way is refused when it is opened.

    Parameters
    ----------
    rows
        Checked rows; a row's parent stands before it.
    folder
        Where to write; made when it is not there.
    label
        Where the rows are from, for provenance.
    standing
        Whether its names win over the built-in ones.

    Raises
    ------
    SourceError
        Two rows have one id, or there are more than 16 million.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (MANIFEST, PLACES, TRIE, POSTINGS, _SPOOL):
        (folder / name).unlink(missing_ok=True)
    try:
        with closing(_database(folder / _SPOOL)) as spool, closing(_database(folder / PLACES)) as places:
            spool.execute("CREATE TABLE spool (key TEXT NOT NULL, posting INTEGER NOT NULL)")
            places.executescript(SCHEMA)
            create_area_tables(places)
            counts = _store(rows, places, spool, label)
            _index(places, label)
            places.commit()
            places.execute("VACUUM")
            counts["names"] = _write_names(spool, folder)
    finally:
        (folder / _SPOOL).unlink(missing_ok=True)
    _write_manifest(folder, counts, label, standing)
    return dict(counts)


def _database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    # a build that is cut off is thrown away: no journal is needed
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE")
    return connection


def _store(rows: Iterable[LayerRow], places: sqlite3.Connection, spool: sqlite3.Connection, label: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    areas: dict[str, int] = {}
    terms = _Terms(places)
    ordinal = 0
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        written, names, keys = [], [], []
        for layer_row in batch:
            row = layer_row.row
            if ordinal > ORDINAL_MASK:
                raise SourceError(f"{label}: more than {ORDINAL_MASK + 1:,} places; split it into several gazetteers")
            if row.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1):
                areas[row.id] = ordinal
            parent = areas.get(row.parent) if row.parent else None
            written.append(
                (ordinal, stored_id(row.id), row.name, terms.number(row.kind.value), terms.number(row.feature),
                 round(row.point.lng * MICRO), round(row.point.lat * MICRO), row.country, parent, row.population,
                 row.radius_m, terms.number(row.source))
            )  # fmt: skip
            names += [(ordinal, language, name) for language, name in sorted(row.display.items())]
            keys += [(key, ordinal | flags << ORDINAL_BITS) for key, flags in _keys(row).items()]
            if layer_row.shape is not None:
                _store_shape(places, ordinal, layer_row.shape)
            counts[row.kind.value] += 1
            ordinal += 1
        places.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", written)
        places.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
        spool.executemany("INSERT INTO spool VALUES (?, ?)", keys)
    return counts


def _keys(row: Row) -> dict[str, NameFlag]:
    """Folded names with their flags, as `gazetteer.build.writer` makes them."""
    keys: dict[str, NameFlag] = {}
    for name, flags in row.names:
        spellings = [(name, flags)]
        spellings += [(variant, flags & ~NameFlag.PREFERRED) for variant in variants(name, row.country)]
        for spelling, kind in spellings:
            for key in name_keys(spelling):
                if key.count(" ") < LONGEST_NAME_WORDS:
                    keys[key] = merged_flags(keys.get(key), kind)
    return keys


class _Terms:
    """The numbers of words that rows share; those that are not kept in memory are asked of the table."""

    def __init__(self, places: sqlite3.Connection) -> None:
        self._places = places
        self._known: dict[str, int] = {}

    def number(self, word: str) -> int:
        """Give the number of a word, a new one where it has none."""
        number = self._known.get(word)
        if number is None:
            if len(self._known) >= _KEPT_TERMS:
                self._known.clear()
            self._places.execute("INSERT OR IGNORE INTO terms (text) VALUES (?)", (word,))
            row = self._places.execute("SELECT number FROM terms WHERE text = ?", (word,)).fetchone()
            number = self._known[word] = int(row[0])
        return number


def _index(places: sqlite3.Connection, label: str) -> None:
    try:
        places.executescript(INDEXES)
    except sqlite3.IntegrityError:
        twice = places.execute("SELECT id FROM places GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 5").fetchall()
        told = ", ".join(told_id(row[0]) for row in twice)
        raise SourceError(f"{label}: places with one id: {told}; give each place its own id") from None


def _store_shape(places: sqlite3.Connection, ordinal: int, shape: Geometry) -> None:
    drawn = _simplified(shape)
    extent = sum(_doubled_area(ring) for polygon in shape.polygons for ring in polygon) / 2
    places.execute(
        "INSERT INTO areas VALUES (?, ?, ?, ?, ?, ?, ?)", (ordinal, *shape.bounds, extent, encode(drawn, _DECIMALS))
    )
    places.executemany(
        "INSERT INTO area_parts (ordinal, min_lng, min_lat, max_lng, max_lat, shape) VALUES (?, ?, ?, ?, ?, ?)",
        [(ordinal, *bounds_of(p[0]), encode(Geometry("Polygon", p), _DECIMALS)) for p in shape.polygons],
    )


def _doubled_area(ring: Iterable[tuple[float, float]]) -> float:
    corners = list(ring)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(corners))


def _simplified(shape: Geometry) -> Geometry:
    """Fewer positions for drawing, by shapely, only where there are too many."""
    if len(shape.positions) <= _DRAWN:
        return shape
    import shapely

    from gazetteer.place import LngLat

    whole = shapely.MultiPolygon([shapely.Polygon(p[0], p[1:]) for p in shape.polygons])
    box = shape.bounds
    step = max(box.max_lng - box.min_lng, box.max_lat - box.min_lat) / 2000
    drawn = whole
    for _ in range(8):
        drawn = whole.simplify(step)
        if shapely.get_num_coordinates(drawn) <= _DRAWN:
            break
        step *= 2
    polygons = [p for p in getattr(drawn, "geoms", [drawn]) if not p.is_empty]
    return polygon_geometry(
        [[[LngLat(*c) for c in ring.coords] for ring in (p.exterior, *p.interiors)] for p in polygons]
    )


def _write_names(spool: sqlite3.Connection, folder: Path) -> int:
    """Write the trie and its postings: for each name, in the order of its id, the places it means."""
    spool.execute("CREATE TABLE sorted AS SELECT key, posting FROM spool ORDER BY key, posting")
    spool.execute("DROP TABLE spool")
    trie = marisa_trie.Trie(f"{row[0]} " for row in spool.execute("SELECT DISTINCT key FROM sorted"))
    trie.save(str(folder / TRIE))
    flat, begins, sizes = array("I"), array("I", bytes(4 * len(trie))), array("I", bytes(4 * len(trie)))
    in_order = spool.execute("SELECT key, posting FROM sorted ORDER BY rowid")
    for key, group in groupby(in_order, key=lambda row: row[0]):
        name_id = trie[f"{key} "]
        begins[name_id] = len(flat)
        # as the built-in writer does: by ordinal, not by flags
        flat.extend(sorted((posting for _, posting in group), key=lambda posting: posting & ORDINAL_MASK))
        sizes[name_id] = len(flat) - begins[name_id]
    offsets, postings = array("I", [0]), array("I")
    for begin, size in zip(begins, sizes, strict=True):
        postings.extend(flat[begin : begin + size])
        offsets.append(len(postings))
    with (folder / POSTINGS).open("wb") as file:
        offsets.tofile(file)
        postings.tofile(file)
    return len(trie)


def _write_manifest(folder: Path, counts: Counter[str], label: str, standing: Standing) -> None:
    digests = {}
    for name in (TRIE, POSTINGS, PLACES):
        with (folder / name).open("rb") as file:
            digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
    manifest = {
        "version": VERSION,
        "sha256": digests,
        "counts": dict(counts),
        "sources": {label: "your own gazetteer" if standing is Standing.ABOVE else "GeoNames dump, CC BY 4.0"},
        "layer": {"label": label, "standing": standing.value},
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(f"{text}\n", "utf-8")
