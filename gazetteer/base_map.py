"""The base map of the built gazetteer: lines, land and the places that a map names first.

All of it is stored as a page draws it (`gazetteer.lines`), simplified for the width of a view and cut into small
pieces: to draw a map is to choose rows. `gazetteer.build.base_map` fills the tables.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import ceil, floor

from gazetteer.geometry import Bounds
from gazetteer.lines import Line


class Scale(IntEnum):
    """How fine lines and land are; choose it by the width of the view."""

    WORLD = 0
    """Steps of about 0.15°: a map of continents. No first-level borders, land in one piece."""
    AROUND = 1
    """The same in 0.2°, without islets: to find one's way around a finer map."""
    WIDE = 2
    """Steps of about 0.025°, hundredths of a degree: several countries. First-level borders in 0.05°."""
    REGION = 3
    """The same in thousandths: a country or two. First-level borders in 0.015°."""
    LOCAL = 4
    """About 0.005°, thousandths: a few provinces."""

    @property
    def decimals(self) -> int:
        """Decimals of a degree that its lines are kept to: 2 are about 1 km, 3 about 100 m."""
        return 2 if self <= Scale.WIDE else 3

    @classmethod
    def for_width(cls, degrees: float) -> "Scale":
        """Choose the scale for a view that is so many degrees wide.

        Lebanon with its neighbours is 7° wide, Syria 15°, Iraq to Ukraine 30°. Wider than 100° are continents.

        Examples
        --------
        >>> [Scale.for_width(width).name for width in (200, 40, 15, 2)]
        ['WORLD', 'WIDE', 'REGION', 'LOCAL']
        """
        widest = ((8.0, cls.LOCAL), (20.0, cls.REGION), (100.0, cls.WIDE))
        return next((scale for most, scale in widest if degrees <= most), cls.WORLD)


class BorderKind(StrEnum):
    """What a line of the base map is."""

    COAST = "coast"
    COUNTRY = "country"
    ADMIN1 = "admin1"
    DISPUTED = "disputed"
    """A line that one of its sides does not recognise, or that parts an occupied or breakaway area."""


@dataclass(frozen=True, slots=True)
class BorderLine:
    """One line of the base map."""

    kind: BorderKind
    line: Line


def create_base_tables(connection: sqlite3.Connection) -> None:
    """Create the tables of lines and land. Their boxes are in whole hundredths of a degree: `hundredths`."""
    box = "min_lng INTEGER NOT NULL, min_lat INTEGER NOT NULL, max_lng INTEGER NOT NULL, max_lat INTEGER NOT NULL"
    connection.executescript(
        f"""
        CREATE TABLE base_lines (scale INTEGER NOT NULL, kind TEXT NOT NULL, {box}, line TEXT NOT NULL);
        CREATE INDEX base_lines_box ON base_lines (scale, min_lng, max_lng, min_lat, max_lat);
        CREATE TABLE base_land (scale INTEGER NOT NULL, {box}, ring TEXT NOT NULL);
        CREATE INDEX base_land_box ON base_land (scale, min_lng, max_lng, min_lat, max_lat);
        """
    )


def hundredths(box: Bounds) -> tuple[int, int, int, int]:
    """Give a box as whole hundredths of a degree, rounded outwards.

    Examples
    --------
    >>> hundredths(Bounds(1.001, -1.001, 2.001, 2.0))
    (100, -101, 201, 200)
    """
    return floor(box.min_lng * 100), floor(box.min_lat * 100), ceil(box.max_lng * 100), ceil(box.max_lat * 100)


_IN_BOX = "min_lng <= :max_lng AND max_lng >= :min_lng AND min_lat <= :max_lat AND max_lat >= :min_lat"


class BaseLines:
    """The lines and the land of a built gazetteer.

    Parameters
    ----------
    connection
        An open connection to its database.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def borders(self, bounds: Bounds, scale: Scale) -> Iterator[BorderLine]:
        """Give the lines whose boxes meet ``bounds``, whole: they reach beyond it by less than a tenth of the view."""
        kinds = {kind.value: kind for kind in BorderKind}
        for kind, line in self._rows("base_lines", "kind, line", bounds, scale):
            yield BorderLine(kinds[kind], Line(line, scale.decimals))

    def land(self, bounds: Bounds, scale: Scale) -> Iterator[Line]:
        """Give the land whose boxes meet ``bounds`` as rings, to be filled together without an outline.

        Exteriors run counter-clockwise, holes clockwise. Land of WIDE and finer is cut into cells that lie over each
        other by a little, so that no seam shows; land of WORLD and AROUND is whole.
        """
        for (ring,) in self._rows("base_land", "ring", bounds, scale):
            yield Line(ring, scale.decimals)

    def _rows(self, table: str, columns: str, bounds: Bounds, scale: Scale) -> sqlite3.Cursor:
        return self._connection.execute(
            f"SELECT {columns} FROM {table} WHERE scale = :scale AND {_IN_BOX} ORDER BY rowid",
            {"scale": int(scale), **Bounds(*hundredths(bounds))._asdict()},
        )
