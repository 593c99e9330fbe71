"""Polygons of places, and which of them contain a point.

All of it is read from tables of the built gazetteer; `create_area_tables` is the one place that says what they hold.
No library is needed: the polygons are small (`gazetteer.build.areas` chooses their detail), and a point is tested
against the few parts whose boxes hold it.
"""

import sqlite3
from functools import lru_cache

from gazetteer.geometry import Bounds, Geometry, PolygonRings, Ring, decode
from gazetteer.place import LngLat


def create_area_tables(connection: sqlite3.Connection) -> None:
    """Create the tables of shapes.

    ``areas`` holds one shape a place, to draw; ``area_parts`` the same areas in full detail, cut into polygons, to
    test points. A place's key is its ordinal in the table ``places``.
    """
    box = "min_lng REAL NOT NULL, min_lat REAL NOT NULL, max_lng REAL NOT NULL, max_lat REAL NOT NULL"
    connection.executescript(
        f"""
        CREATE TABLE areas (ordinal INTEGER PRIMARY KEY, {box}, extent REAL NOT NULL, shape BLOB NOT NULL);
        CREATE TABLE area_parts (part INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL, {box}, shape BLOB NOT NULL);
        CREATE INDEX area_parts_box ON area_parts (min_lng, max_lng, min_lat, max_lat, ordinal);
        """
    )


_KEPT_PARTS = 64


class Areas:
    """The areas of a built gazetteer.

    Parameters
    ----------
    connection
        An open connection to its database.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # decoding Russia takes longer than testing it, and neighbours of a point are asked for again
        self._part = lru_cache(maxsize=_KEPT_PARTS)(self._read_part)

    def shape(self, ordinal: int) -> Geometry | None:
        """Give the polygon of a place, at a detail fit for drawing, or None when it has none.

        A shape has at most some 500 positions where that does it justice, and never much more than 2,000.
        """
        row = self._connection.execute("SELECT shape FROM areas WHERE ordinal = ?", (ordinal,)).fetchone()
        return None if row is None else decode(row[0])

    def bounds(self, ordinal: int) -> Bounds | None:
        """Give the box of a place's polygon, or None when it has none. Over the antimeridian it is 360° wide."""
        row = self._connection.execute(
            "SELECT min_lng, min_lat, max_lng, max_lat FROM areas WHERE ordinal = ?", (ordinal,)
        ).fetchone()
        return None if row is None else Bounds(*row)

    def extent(self, ordinal: int) -> float:
        """Give the extent of a place's polygon in square degrees: only good for telling which of two is smaller."""
        row = self._connection.execute("SELECT extent FROM areas WHERE ordinal = ?", (ordinal,)).fetchone()
        return 0.0 if row is None else float(row[0])

    def containing(self, point: LngLat) -> tuple[int, ...]:
        """Give the ordinals of the areas that contain a point, the smallest area first."""
        rows = self._connection.execute(
            "SELECT p.ordinal, p.part, a.extent FROM area_parts p JOIN areas a USING (ordinal) "
            "WHERE p.min_lng <= :lng AND p.max_lng >= :lng AND p.min_lat <= :lat AND p.max_lat >= :lat "
            "ORDER BY a.extent, p.ordinal, p.part",
            {"lng": point.lng, "lat": point.lat},
        ).fetchall()
        found: dict[int, None] = {}
        for ordinal, part, _ in rows:
            if ordinal not in found and self._part_contains(part, point):
                found[ordinal] = None
        return tuple(found)

    def _part_contains(self, part: int, point: LngLat) -> bool:
        # a point in a hole is inside the exterior and the hole: an even number
        return sum(ring_contains(ring, point) for ring in self._part(part)) % 2 == 1

    def _read_part(self, part: int) -> PolygonRings:
        (shape,) = self._connection.execute("SELECT shape FROM area_parts WHERE part = ?", (part,)).fetchone()
        return decode(shape).polygons[0]


def ring_contains(ring: Ring, point: LngLat) -> bool:
    """Whether a point is inside a closed ring (ray casting); a point on the line may count as either.

    Examples
    --------
    >>> square = (LngLat(0, 0), LngLat(2, 0), LngLat(2, 2), LngLat(0, 2), LngLat(0, 0))
    >>> ring_contains(square, LngLat(1, 1)), ring_contains(square, LngLat(3, 1))
    (True, False)
    """
    lng, lat = point
    odd = False
    before_lng, before_lat = ring[-1]
    for at_lng, at_lat in ring:
        if (at_lat > lat) != (before_lat > lat) and lng < (before_lng - at_lng) * (lat - at_lat) / (
            before_lat - at_lat
        ) + at_lng:
            odd = not odd
        before_lng, before_lat = at_lng, at_lat
    return odd
