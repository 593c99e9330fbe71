"""The places of the built gazetteer: rows of ``places.sqlite``, read when asked for and kept."""

import sqlite3
from functools import lru_cache
from pathlib import Path

from gazetteer.errors import DataDamagedError, DataMissingError
from gazetteer.format import PLACES
from gazetteer.place import LngLat, Place, PlaceKind

SCHEMA = """
CREATE TABLE places (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, feature TEXT NOT NULL,
  lng REAL NOT NULL, lat REAL NOT NULL, country TEXT, parent INTEGER, population INTEGER NOT NULL,
  radius_m REAL NOT NULL, source TEXT NOT NULL);
CREATE TABLE names (ordinal INTEGER NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (ordinal, language)) WITHOUT ROWID;
"""
INDEXES = "CREATE UNIQUE INDEX places_by_id ON places (id);"

_COLUMNS = "id, name, kind, feature, lng, lat, country, parent, population, radius_m, source"


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

    def _row(self, ordinal: int) -> tuple[str, str, str, str, float, float, str | None, int | None, int, float, str]:
        query = f"SELECT {_COLUMNS} FROM places WHERE ordinal = ?"
        try:
            row: tuple[str, str, str, str, float, float, str | None, int | None, int, float, str] | None = (
                self.connection.execute(query, (ordinal,)).fetchone()
            )
        except sqlite3.DatabaseError as error:
            raise DataDamagedError(f"{PLACES}: {error}; install geomap again") from None
        if row is None:
            raise DataDamagedError(f"{PLACES}: no place {ordinal}, though a name points at it; install geomap again")
        return row

    def _place(self, ordinal: int) -> Place:
        """Give the place of an ordinal that a posting named."""
        row = self._row(ordinal)
        id_, name, kind, feature, lng, lat, country, parent, population, radius_m, source = row
        parents = self._ancestors(parent)
        area = self.connection.execute("SELECT 1 FROM areas WHERE ordinal = ?", (ordinal,)).fetchone()
        return Place(
            id_,
            name,
            PlaceKind(kind),
            feature,
            LngLat(lng, lat),
            country,
            parents,
            population,
            radius_m,
            area is not None,
            source,
        )

    def _ancestors(self, parent: int | None) -> tuple[str, ...]:
        if parent is None:
            return ()
        above = self.place(parent)
        return (above.id, *above.parents)

    def ordinal(self, place_id: str) -> int | None:
        """Give the ordinal of a place's id, None when there is none."""
        row = self.connection.execute("SELECT ordinal FROM places WHERE id = ?", (place_id,)).fetchone()
        return None if row is None else int(row[0])

    def ordinals(self, kind: PlaceKind) -> tuple[int, ...]:
        """Give the ordinals of all places of a kind, in their order."""
        rows = self.connection.execute("SELECT ordinal FROM places WHERE kind = ? ORDER BY ordinal", (kind.value,))
        return tuple(int(ordinal) for (ordinal,) in rows)

    def name(self, place_id: str, language: str) -> str | None:
        """Give the preferred name of a place in a language, None where the sources have none."""
        query = "SELECT n.name FROM names n JOIN places p USING (ordinal) WHERE p.id = ? AND n.language = ?"
        row = self.connection.execute(query, (place_id, language)).fetchone()
        return None if row is None else str(row[0])
