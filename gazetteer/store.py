"""The places of the built gazetteer: rows of ``places.sqlite``, read when asked for and kept."""

import sqlite3
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import DataDamagedError, DataMissingError
from gazetteer.format import PLACES
from gazetteer.place import LngLat, Place, PlaceKind

if TYPE_CHECKING:  # a look-up draws nothing
    from gazetteer.geometry import Bounds

SCHEMA = """
CREATE TABLE terms (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE places (
  ordinal INTEGER PRIMARY KEY, id BLOB NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, feature INTEGER NOT NULL,
  lng INTEGER NOT NULL, lat INTEGER NOT NULL, country TEXT, parent INTEGER, population INTEGER NOT NULL,
  radius_m INTEGER NOT NULL, source INTEGER NOT NULL);
CREATE TABLE names (ordinal INTEGER NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (ordinal, language)) WITHOUT ROWID;
CREATE TABLE sounds (key TEXT NOT NULL, ordinal INTEGER NOT NULL, PRIMARY KEY (key, ordinal)) WITHOUT ROWID;
"""
"""``kind``, ``feature`` and ``source`` are numbers of ``terms``; ``lng`` and ``lat`` are millionths of a degree; an id
``geonames:98182`` is the number 98182, any other its text (`stored_id`). With the words in every row the file was half
as large again."""
INDEXES = "CREATE UNIQUE INDEX places_by_id ON places (id);"

PROMINENT = """
CREATE TABLE prominent (kind INTEGER NOT NULL, cell INTEGER NOT NULL, weight INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (kind, cell, weight, ordinal)) WITHOUT ROWID;
"""
"""What maps name, by cells of the world and by how large it is (`PlaceStore.largest`). Without it, each map would look
at every settlement of the world."""
_CELL = 10
"""Degrees: width and height of a cell."""
_TIERS = (100_000, 10_000, 1_000, 0)
"""Of population or metres: the small are looked at where the large are not enough."""

MICRO = 1_000_000
_GEONAMES = "geonames:"
_COLUMNS = (
    "p.ordinal, p.id, p.name, p.kind, p.feature, p.lng, p.lat, p.country, p.parent, p.population, p.radius_m, p.source,"
    " EXISTS (SELECT 1 FROM areas a WHERE a.ordinal = p.ordinal)"
)
_Row = tuple[int, int | str, str, int, int, int, int, str | None, int | None, int, float, int, int]
_KEPT = 200_000
"""Places kept, about 100 MB; then all are forgotten."""
_AT_ONCE = 500
"""Places asked for with one query: SQLite reads five at once in the time of two alone."""
_MAPPED = 1 << 30
"""Bytes of the file that SQLite may map: read through its own cache of 2 MB a row takes twice as long."""
_MOST_SOUNDING = 400
"""Places of one sound that are compared; the most populous first. "Sala" sounds like 300 in one country."""


def stored_id(place_id: str) -> int | str:
    """Give what the table holds for a place's id.

    Examples
    --------
    >>> stored_id("geonames:98182"), stored_id("icao:ORAA"), stored_id("geonames:x")
    (98182, 'icao:ORAA', 'geonames:x')
    """
    number = place_id.removeprefix(_GEONAMES)
    # only what comes back the same: "geonames:007" and digits of other scripts stay text
    plain = len(number) < len(place_id) and number.isascii() and number.isdigit() and number[0] != "0"
    return int(number) if plain and len(number) < _MOST_DIGITS else place_id


def told_id(stored: int | str) -> str:
    """Give the id that `stored_id` made this of.

    Examples
    --------
    >>> told_id(98182), told_id("icao:ORAA")
    ('geonames:98182', 'icao:ORAA')
    """
    return f"{_GEONAMES}{stored}" if isinstance(stored, int) else stored


_KINDS = {kind.value: kind for kind in PlaceKind}
_MOST_DIGITS = 18  # an integer of SQLite holds 18 digits whatever they are


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


class PlaceStore:
    """Places by ordinal or id.

    Parameters
    ----------
    folder
        Where the built files are.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / PLACES
        if not path.is_file():
            raise DataMissingError(
                f"{path}: the gazetteer's places are not there; install geomap again, or in a checkout: make clean test"
            )
        self.connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        self.connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        self._kept: dict[int, Place] = {}
        self.ordinal = lru_cache(maxsize=_KEPT)(self._ordinal)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def place(self, ordinal: int) -> Place:
        """Give the place of an ordinal that a posting named."""
        return self._kept.get(ordinal) or self.places((ordinal,))[0]

    def places(self, ordinals: Sequence[int]) -> list[Place]:
        """Give the places of ordinals that postings named, in their order; all that are not kept are read at once."""
        kept = self._kept
        if missing := [ordinal for ordinal in ordinals if ordinal not in kept]:
            if len(kept) + len(missing) > _KEPT:
                kept.clear()
                missing = list(ordinals)
            try:
                self._read(missing)
            except sqlite3.DatabaseError as error:
                raise DataDamagedError(f"{PLACES}: {error}; install geomap again") from None
        return [kept[ordinal] for ordinal in ordinals]

    def _read(self, ordinals: Sequence[int]) -> None:
        """Keep some places and all that contain them."""
        rows = [row for i in range(0, len(ordinals), _AT_ONCE) for row in self._rows(ordinals[i : i + _AT_ONCE])]
        if len(rows) < len(set(ordinals)):
            lost = min(set(ordinals).difference(row[0] for row in rows))
            raise DataDamagedError(f"{PLACES}: no place {lost}, though a name points at it; install geomap again")
        waiting = {row[0]: row for row in rows}
        above = {
            parent
            for row in rows
            if (parent := row[8]) is not None and parent not in self._kept and parent not in waiting
        }
        if above:
            self._read(sorted(above))
        while waiting:  # a place may be read together with one that it lies in
            self._keep(next(iter(waiting)), waiting)

    def _rows(self, ordinals: Sequence[int]) -> list[_Row]:
        marks = ",".join("?" * len(ordinals))
        query = f"SELECT {_COLUMNS} FROM places p WHERE p.ordinal IN ({marks})"
        return self.connection.execute(query, ordinals).fetchall()

    def _keep(self, ordinal: int, waiting: dict[int, _Row]) -> Place:
        _, id_, name, kind, feature, lng, lat, country, parent, population, radius_m, source, area = waiting.pop(
            ordinal
        )
        above = None
        if parent is not None:
            above = self._kept.get(parent) or self._keep(parent, waiting)
        terms = self._terms
        place = self._kept[ordinal] = Place(
            told_id(id_),
            name,
            _KINDS[terms[kind]],
            terms[feature],
            LngLat(lng / MICRO, lat / MICRO),
            country,
            (above.id, *above.parents) if above else (),
            population,
            float(radius_m),
            bool(area),
            terms[source],
        )
        return place

    @cached_property
    def _terms(self) -> dict[int, str]:
        return dict(self.connection.execute("SELECT number, text FROM terms"))

    def _ordinal(self, place_id: str) -> int | None:
        """Give the ordinal of a place's id, None when there is none."""
        row = self.connection.execute("SELECT ordinal FROM places WHERE id = ?", (stored_id(place_id),)).fetchone()
        return None if row is None else int(row[0])

    def ordinals(self, kind: PlaceKind) -> tuple[int, ...]:
        """Give the ordinals of all places of a kind, in their order."""
        query = "SELECT ordinal FROM places WHERE kind = (SELECT number FROM terms WHERE text = ?) ORDER BY ordinal"
        rows = self.connection.execute(query, (kind.value,))
        return tuple(int(ordinal) for (ordinal,) in rows)

    def sounding(self, keys: Collection[str], countries: Collection[str]) -> tuple[Place, ...]:
        """Give the settlements and areas of some countries with one of some sounds (`gazetteer.sounds.sound_keys`).

        Examples
        --------
        >>> from gazetteer.format import DATA
        >>> from gazetteer.sounds import sound_keys, sounds
        >>> store = PlaceStore(DATA)
        >>> [place.name for place in store.sounding(sound_keys(sounds("بوسا ريكا")), {"MX"})][:1]
        ['Poza Rica de Hidalgo']
        >>> store.close()
        """
        query = (
            f"SELECT DISTINCT p.ordinal FROM sounds s JOIN places p USING (ordinal) WHERE s.key IN ({_marks(keys)})"
            f" AND p.country IN ({_marks(countries)}) ORDER BY p.population DESC, p.ordinal LIMIT {_MOST_SOUNDING}"
        )
        rows = self.connection.execute(query, (*sorted(keys), *sorted(countries))).fetchall()
        return tuple(self.places([ordinal for (ordinal,) in rows]))

    def names(self, place: Place) -> tuple[str, ...]:
        """Give the main name of a place and its names for display in all languages, each once."""
        query = "SELECT DISTINCT n.name FROM names n JOIN places p USING (ordinal) WHERE p.id = ? ORDER BY n.name"
        rows = self.connection.execute(query, (stored_id(place.id),)).fetchall()
        return (place.name, *(name for (name,) in rows if name != place.name))

    def name(self, place_id: str, language: str) -> str | None:
        """Give the preferred name of a place in a language, None where the sources have none."""
        query = "SELECT n.name FROM names n JOIN places p USING (ordinal) WHERE p.id = ? AND n.language = ?"
        row = self.connection.execute(query, (stored_id(place_id), language)).fetchone()
        return None if row is None else str(row[0])

    def largest(self, kind: PlaceKind, box: "Bounds", limit: int) -> tuple[Place, ...]:
        """Give the places of a kind that a map of a box names first, of those whose points lie in it.

        Settlements and countries by their population, waters by their extent; rivers and canals are left out, for a
        name at the middle of one says nothing of where it runs.

        Parameters
        ----------
        kind
            A country, settlement or water: of the others nothing is known.
        box
            Degrees; places without a position (0, 0) are left out.
        limit
            At most so many.

        Examples
        --------
        >>> from gazetteer.format import DATA
        >>> from gazetteer.geometry import Bounds
        >>> store = PlaceStore(DATA)
        >>> [place.name for place in store.largest(PlaceKind.SETTLEMENT, Bounds(43, 32.5, 45.5, 34), 1)]
        ['Baghdad']
        >>> store.close()
        """
        cells = [
            cell_of(_CELL * column, _CELL * row)
            for column in range(int(box.min_lng // _CELL), int(box.max_lng // _CELL) + 1)
            for row in range(int(box.min_lat // _CELL), int(box.max_lat // _CELL) + 1)
        ]
        query = (
            "SELECT ordinal FROM prominent JOIN places p USING (ordinal)"
            " WHERE prominent.kind = (SELECT number FROM terms WHERE text = ?)"
            f" AND cell IN ({', '.join('?' * len(cells))}) AND weight >= ?"
            " AND lng BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
            " ORDER BY weight DESC, ordinal LIMIT ?"
        )
        edges = [round(edge * MICRO) for edge in (box.min_lng, box.max_lng, box.min_lat, box.max_lat)]
        rows: list[tuple[int]] = []
        for least in _TIERS:
            rows = self.connection.execute(query, (kind.value, *cells, least, *edges, limit)).fetchall()
            if len(rows) == limit:
                break
        return tuple(self.places([ordinal for (ordinal,) in rows]))


def cell_of(lng: float, lat: float) -> int:
    """Give the number of the cell of ``prominent`` that a position lies in.

    Examples
    --------
    >>> cell_of(44.4, 33.3), cell_of(49.9, 39.9), cell_of(-0.1, 33.3)
    (4003, 4003, -997)
    """
    return int(lng // _CELL) * 1000 + int(lat // _CELL)
