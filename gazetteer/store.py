"""The places of the built gazetteer: rows of ``places.sqlite``, read when asked for and kept."""

import sqlite3
from functools import lru_cache
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
    "p.id, p.name, k.text, f.text, p.lng, p.lat, p.country, p.parent, p.population, p.radius_m, s.text,"
    " EXISTS (SELECT 1 FROM areas a WHERE a.ordinal = p.ordinal)"
)
_JOINS = "JOIN terms k ON k.number = p.kind JOIN terms f ON f.number = p.feature JOIN terms s ON s.number = p.source"
_Row = tuple[int | str, str, str, str, int, int, str | None, int | None, int, float, str, int]


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


_MOST_DIGITS = 18  # an integer of SQLite holds 18 digits whatever they are


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
        self.place = lru_cache(maxsize=200_000)(self._place)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _row(self, ordinal: int) -> _Row:
        query = f"SELECT {_COLUMNS} FROM places p {_JOINS} WHERE p.ordinal = ?"
        try:
            row: _Row | None = self.connection.execute(query, (ordinal,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise DataDamagedError(f"{PLACES}: {error}; install geomap again") from None
        if row is None:
            raise DataDamagedError(f"{PLACES}: no place {ordinal}, though a name points at it; install geomap again")
        return row

    def _place(self, ordinal: int) -> Place:
        """Give the place of an ordinal that a posting named."""
        id_, name, kind, feature, lng, lat, country, parent, population, radius_m, source, area = self._row(ordinal)
        return Place(
            told_id(id_),
            name,
            PlaceKind(kind),
            feature,
            LngLat(lng / MICRO, lat / MICRO),
            country,
            self._ancestors(parent),
            population,
            float(radius_m),
            bool(area),
            source,
        )

    def _ancestors(self, parent: int | None) -> tuple[str, ...]:
        if parent is None:
            return ()
        above = self.place(parent)
        return (above.id, *above.parents)

    def ordinal(self, place_id: str) -> int | None:
        """Give the ordinal of a place's id, None when there is none."""
        row = self.connection.execute("SELECT ordinal FROM places WHERE id = ?", (stored_id(place_id),)).fetchone()
        return None if row is None else int(row[0])

    def ordinals(self, kind: PlaceKind) -> tuple[int, ...]:
        """Give the ordinals of all places of a kind, in their order."""
        query = "SELECT ordinal FROM places WHERE kind = (SELECT number FROM terms WHERE text = ?) ORDER BY ordinal"
        rows = self.connection.execute(query, (kind.value,))
        return tuple(int(ordinal) for (ordinal,) in rows)

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
        return tuple(self.place(ordinal) for (ordinal,) in rows)


def cell_of(lng: float, lat: float) -> int:
    """Give the number of the cell of ``prominent`` that a position lies in.

    Examples
    --------
    >>> cell_of(44.4, 33.3), cell_of(49.9, 39.9), cell_of(-0.1, 33.3)
    (4003, 4003, -997)
    """
    return int(lng // _CELL) * 1000 + int(lat // _CELL)
