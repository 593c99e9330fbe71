"""Shapes of relative places: circles, strips, halves of areas, the sea beside a coast.

shapely is imported when one is worked out. Work is done in a local plane: degrees of longitude shrunk by the cosine of
the middle latitude, lengths in metres. Over 500 km that is wrong by a few per cent, far less than the places are
uncertain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from gazetteer.distance import destination, distance_m
from gazetteer.geometry import Geometry, polygon_geometry
from gazetteer.place import LngLat

_CORNERS = 48
_M_PER_DEGREE = 111_195.0
_DECIMALS = 4
"""10 m: finer than any of these shapes is certain."""
_STEPS = 400
"""Shapes are simplified to a 400th of their width: a strip along a border keeps its bends and few positions."""
_CORNERS_OF = ("northeast", "northwest", "southeast", "southwest")
_LEAST_SEA_M = 2000.0
"""Half the width of the narrowest sea: less is a gap between two simplified coasts."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A shape with a point in it and the radius around the point that holds the shape."""

    shape: Geometry
    point: LngLat
    radius_m: float


class _Plane:
    """A local plane around a latitude."""

    def __init__(self, lat: float) -> None:
        self._east = _M_PER_DEGREE * max(cos(radians(lat)), 0.05)

    def flat(self, geometry: Geometry) -> Any:
        """A geometry as shapely's, in metres."""
        import shapely

        polygons = [
            shapely.Polygon(self._ring(polygon[0]), [self._ring(hole) for hole in polygon[1:]])
            for polygon in geometry.polygons
        ]
        return shapely.make_valid(shapely.union_all([shapely.make_valid(polygon) for polygon in polygons]))

    def _ring(self, positions: Sequence[LngLat]) -> list[tuple[float, float]]:
        return [(p.lng * self._east, p.lat * _M_PER_DEGREE) for p in positions]

    def point(self, at: Any) -> LngLat:
        """A point back in degrees."""
        return LngLat(round(at.x / self._east, 6), round(at.y / _M_PER_DEGREE, 6))

    def at(self, point: LngLat) -> tuple[float, float]:
        """A point in metres."""
        return point.lng * self._east, point.lat * _M_PER_DEGREE

    def cut(self, flat: Any, point: LngLat | None = None) -> Cut | None:
        """A shape back in degrees, with a point in it; None when nothing is left."""
        import shapely

        west, south, east, north = flat.bounds if not flat.is_empty else (0, 0, 0, 0)
        simple = flat.simplify(max(east - west, north - south) / _STEPS)
        parts = [p for p in shapely.get_parts(simple) if p.geom_type == "Polygon" and p.area > 0]
        if not parts:
            return None
        polygons = [[self._back(r) for r in (p.exterior, *p.interiors)] for p in parts]
        inner = point or self.point(max(parts, key=lambda p: p.area).representative_point())
        shape = polygon_geometry(polygons)
        radius = max(distance_m(inner, corner) for corner in shape.positions)
        return Cut(shape, inner, radius)

    def _back(self, line: Any) -> list[LngLat]:
        corners = [
            LngLat(round(x / self._east, _DECIMALS), round(y / _M_PER_DEGREE, _DECIMALS)) for x, y in line.coords
        ]
        return [*corners[:-1], corners[0]]


def _middle_lat(*geometries: Geometry) -> float:
    lats = [lat for g in geometries for lat in (g.bounds.min_lat, g.bounds.max_lat)]
    return (min(lats) + max(lats)) / 2


def ring(centre: LngLat, radius_m: float) -> Geometry:
    """Give a circle as a polygon, counter-clockwise.

    Examples
    --------
    >>> len(ring(LngLat(44.4, 33.3), 10_000).positions)
    49
    """
    corners = [destination(centre, -360 * k / _CORNERS, radius_m) for k in range(_CORNERS)]
    # over the antimeridian the numbers run on, so that the polygon stays in one piece
    line = tuple(LngLat(centre.lng + (c.lng - centre.lng + 180) % 360 - 180, c.lat) for c in corners)
    return Geometry("Polygon", ((*line, line[0]),))


def strip(one: LngLat, two: LngLat, width_m: float) -> Geometry:
    """Give the land within so many metres of the line between two points.

    Examples
    --------
    >>> strip(LngLat(44, 33), LngLat(45, 33), 5000).type
    'Polygon'
    """
    import shapely

    plane = _Plane((one.lat + two.lat) / 2)
    flat = shapely.LineString([plane.at(one), plane.at(two)]).buffer(width_m, quad_segs=8)
    found = plane.cut(flat)
    assert found is not None  # noqa: S101 - a buffer of a line is never empty
    return found.shape


def part_of(whole: Geometry, direction: str) -> Cut | None:
    """Give the northern, southern, eastern or western third of an area, a quarter for north-east and its like.

    Thirds, for the words of all our languages part an area into three: northern, central, southern. So southern Lebanon
    has Sidon and not Beirut, northern Syria Idlib and not Deir ez-Zor; halves would have both. Between two directions
    halves are crossed: north-eastern Syria has Raqqa. Measured on the largest landmass: the north of the United States
    is no matter of Alaska.

    Examples
    --------
    >>> square = polygon_geometry([[[LngLat(0, 0), LngLat(3, 0), LngLat(3, 3), LngLat(0, 3), LngLat(0, 0)]]])
    >>> part_of(square, "north").shape.bounds
    Bounds(min_lng=0.0, min_lat=2.0, max_lng=3.0, max_lat=3.0)
    """
    import shapely

    plane = _Plane(_middle_lat(whole))
    flat = plane.flat(whole)
    if flat.is_empty:
        return None
    west, south, east, north = max(shapely.get_parts(flat), key=lambda part: part.area).bounds
    width, height = east - west, north - south
    far = 10 * (width + height) + _M_PER_DEGREE * 360
    share = 1 / 2 if direction in _CORNERS_OF else 1 / 3
    if direction == "centre":
        box = shapely.box(west + width / 4, south + height / 4, east - width / 4, north - height / 4)
    else:
        box = shapely.box(
            east - width * share if "east" in direction else -far,
            north - height * share if "north" in direction else -far,
            west + width * share if "west" in direction else far,
            south + height * share if "south" in direction else far,
        )
    return plane.cut(flat.intersection(box))


def border_strip(one: Geometry, two: Geometry, width_m: float) -> Cut | None:
    """Give what lies within so many metres of both areas; None when they do not touch."""
    plane = _Plane(_middle_lat(one, two))
    flat, other = plane.flat(one), plane.flat(two)
    if flat.distance(other) > 1000:  # noqa: PLR2004 - metres between the two sides of one simplified line
        return None
    return plane.cut(flat.buffer(width_m, quad_segs=4).intersection(other.buffer(width_m, quad_segs=4)))


def sea_beside(whole: Geometry, reach_m: float, far_m: float | None, land: Sequence[Geometry]) -> Cut | None:
    """Give the sea within reach of an area.

    Parameters
    ----------
    whole
        The area.
    reach_m
        How far the sea is taken.
    far_m
        How far out the place is said to be: the point is put there, if anywhere; None: somewhere in the sea.
    land
        Countries around, the area's own too.
    """
    import shapely

    plane = _Plane(_middle_lat(whole))
    flat = plane.flat(whole)
    near = shapely.box(*flat.buffer(reach_m).bounds)
    ground = shapely.union_all([plane.flat(country).intersection(near) for country in land])
    sea = flat.buffer(reach_m, quad_segs=8).difference(ground)
    # a gap between two simplified coasts is no sea
    sea = sea.buffer(-_LEAST_SEA_M, quad_segs=2).buffer(_LEAST_SEA_M, quad_segs=2).difference(ground)
    if sea.is_empty:
        return None
    if far_m is not None:
        out = flat.buffer(far_m, quad_segs=8).boundary.intersection(sea)
        lines = [line for line in shapely.get_parts(out) if line.geom_type == "LineString"]
        if lines:
            longest = max(lines, key=lambda line: line.length)
            return plane.cut(sea, plane.point(longest.interpolate(0.5, normalized=True)))
    return plane.cut(sea)
