"""A geometry as RFC 7946 wants it: closed rings, right-hand rule, few decimals, no number that JSON lacks."""

from math import isfinite
from typing import Any, TypedDict

from gazetteer.geometry import Geometry

DECIMALS = 5
"""About one metre: finer than any place a newspaper names."""

Position = list[float]
RingRecord = list[Position]


class GeometryRecord(TypedDict):
    """A GeoJSON geometry."""

    type: str
    coordinates: list[Any]


def geometry_record(geometry: Geometry | None) -> GeometryRecord | None:
    """Write a geometry out, or None where nothing drawable is left of it.

    Parts that rounding shrinks to a line or a point are dropped. A coordinate that is no number makes the
    whole geometry unknown: the rest of such a shape would be drawn in a wrong place.

    Examples
    --------
    >>> from gazetteer.place import LngLat
    >>> geometry_record(Geometry("Point", LngLat(44.390259000001, 33.3)))
    {'type': 'Point', 'coordinates': [44.39026, 33.3]}
    """
    if geometry is None:
        return None
    coordinates: Any = geometry.coordinates  # its shape follows from the type, which mypy can't know
    try:
        if geometry.type == "Point":
            return {"type": "Point", "coordinates": _position(*coordinates)}
        parts = [coordinates] if geometry.type == "Polygon" else coordinates
        polygons = [polygon for rings in parts if (polygon := _polygon(rings))]
    except _NoNumberError:
        return None
    if not polygons:
        return None
    return {
        "type": geometry.type,
        "coordinates": polygons[0] if geometry.type == "Polygon" else polygons,
    }


class _NoNumberError(ValueError):
    pass


def _position(lng: float, lat: float) -> Position:
    if not (isfinite(lng) and isfinite(lat)):
        raise _NoNumberError
    return [round(lng, DECIMALS) + 0.0, round(lat, DECIMALS) + 0.0]  # + 0.0: -0.0 is written "-0.0"


def _polygon(rings: Any) -> list[RingRecord] | None:
    drawn = [_ring(ring, exterior=index == 0) for index, ring in enumerate(rings)]
    if not drawn or drawn[0] is None:
        return None
    return [ring for ring in drawn if ring is not None]


def _ring(ring: Any, *, exterior: bool) -> RingRecord | None:
    """Close a ring and turn it: the exterior counter-clockwise, holes clockwise."""
    points: RingRecord = []
    for lng, lat in ring:
        position = _position(lng, lat)
        if not points or points[-1] != position:
            points.append(position)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    area = _twice_the_area(points)
    if area == 0:
        return None
    if (area > 0) != exterior:
        points.reverse()
    return [*points, list(points[0])]


def _twice_the_area(points: RingRecord) -> int:
    """Give the signed area, positive when counter-clockwise; exactly zero for lines and points."""
    # In whole units of the last decimal: the sum is exact, so a sliver is told from a line.
    grid = [(round(lng * 10**DECIMALS), round(lat * 10**DECIMALS)) for lng, lat in points]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(grid, grid[1:] + grid[:1], strict=True))
