"""The places of the built gazetteer: rows of ``places.sqlite``, read when asked for and kept."""

import sqlite3
from collections.abc import Collection
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
CREATE TABLE sounds (key TEXT NOT NULL, ordinal INTEGER NOT NULL, PRIMARY KEY (key, ordinal)) WITHOUT ROWID;
"""
"""``kind``, ``feature`` and ``source`` are numbers of ``terms``; ``lng`` and ``lat`` are millionths of a degree; an id
``geonames:98182`` is the number 98182, any other its text (`stored_id`). With the words in every row the file was half
as large again."""
INDEXES = "CREATE UNIQUE INDEX places_by_id ON places (id);"

MICRO = 1_000_000
_GEONAMES = "geonames:"
_COLUMNS = (
    "p.id, p.name, k.text, f.text, p.lng, p.lat, p.country, p.parent, p.population, p.radius_m, s.text,"
    " EXISTS (SELECT 1 FROM areas a WHERE a.ordinal = p.ordinal)"
)
_JOINS = "JOIN terms k ON k.number = p.kind JOIN terms f ON f.number = p.feature JOIN terms s ON s.number = p.source"
_MOST_SOUNDING = 400
"""Places of one sound that are compared; the most populous first. "Sala" sounds like 300 in one country."""
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
        return tuple(self.place(ordinal) for (ordinal,) in rows)

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
        """Give the most populous places of a kind whose points lie in a box, the largest first.

        Parameters
        ----------
        kind
            What to give.
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
        query = (
            "SELECT ordinal FROM places WHERE kind = (SELECT number FROM terms WHERE text = ?)"
            " AND lng BETWEEN ? AND ? AND lat BETWEEN ? AND ? AND (lng != 0 OR lat != 0)"
            " ORDER BY population DESC, ordinal LIMIT ?"
        )
        edges = (round(edge * MICRO) for edge in (box.min_lng, box.max_lng, box.min_lat, box.max_lat))
        rows = self.connection.execute(query, (kind.value, *edges, limit)).fetchall()
        return tuple(self.place(ordinal) for (ordinal,) in rows)
