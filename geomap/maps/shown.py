"""Which part of the world a map shows: the shapes of its incidents in one piece, and the box around them."""

import math
from collections.abc import Sequence

from gazetteer.geometry import Bounds, Geometry, PolygonRings, bounds_of, polygon_geometry
from gazetteer.place import LngLat
from geomap.incident import Incident

WORLD = Bounds(-180.0, -90.0, 180.0, 90.0)
HALF_TURN, TURN = 180.0, 360.0
METRES_PER_DEGREE = 111_195.0
"""Of latitude, and of longitude at the equator."""
WINDOW = 1.6
"""Width of a window by its height."""


def unwrapped(geometry: Geometry) -> Geometry:
    """Give a shape that is cut at the date line as one piece: Russia runs on past 180°.

    Examples
    --------
    >>> west, east = [tuple(LngLat(x, y) for x, y in ring) for ring in (
    ...     [(170, 0), (180, 0), (180, 9), (170, 0)], [(-180, 0), (-179, 0), (-180, 9), (-180, 0)])]
    >>> unwrapped(Geometry("MultiPolygon", ((west,), (east,)))).bounds
    Bounds(min_lng=170, min_lat=0, max_lng=181.0, max_lat=9)
    """
    box = geometry.bounds
    if box.max_lng - box.min_lng <= HALF_TURN:
        return geometry
    lngs = [position.lng for position in geometry.positions]
    easterly = sum(lng > 0 for lng in lngs) * 2 >= len(lngs)

    def moved(polygon: PolygonRings) -> PolygonRings:
        away = polygon[0][0].lng < 0 if easterly else polygon[0][0].lng > 0
        shift = (TURN if easterly else -TURN) if away else 0.0
        return tuple(tuple(LngLat(p.lng + shift, p.lat) for p in ring) for ring in polygon) if away else polygon

    whole = polygon_geometry(tuple(moved(polygon) for polygon in geometry.polygons))
    narrower = whole.bounds.max_lng - whole.bounds.min_lng < box.max_lng - box.min_lng
    return whole if narrower else geometry


def area_shown(incidents: Sequence[Incident]) -> Bounds | None:
    """Give the box that holds all incidents, with a margin to look around in; None when none is located.

    The margin is a third of the span and at least 1.5°, so that a lone point stands among its neighbours. The box is
    then grown to the shape of a wide window, which shows more at the sides than it was asked for.
    """
    shown = {id(i.geometry): i.geometry for i in incidents if i.geometry is not None}
    corners = []
    for geometry in shown.values():
        box = unwrapped(geometry).bounds
        corners += [LngLat(box.min_lng, box.min_lat), LngLat(box.max_lng, box.max_lat)]
    if not corners:
        return None
    box = bounds_of(tuple(corners))
    margin = max(1.5, (box.max_lng - box.min_lng) / 3, (box.max_lat - box.min_lat) / 3)
    squeeze = math.cos(math.radians((box.min_lat + box.max_lat) / 2))
    width, height = box.max_lng - box.min_lng + 2 * margin, box.max_lat - box.min_lat + 2 * margin
    more_width = max(0.0, WINDOW * height / max(squeeze, 0.1) - width) / 2
    more_height = max(0.0, width * squeeze / WINDOW - height) / 2
    return Bounds(
        box.min_lng - margin - more_width,
        max(WORLD.min_lat, box.min_lat - margin - more_height),
        box.max_lng + margin + more_width,
        min(WORLD.max_lat, box.max_lat + margin + more_height),
    )


def on_earth(bounds: Bounds) -> Bounds:
    """Cut off what runs past the date line: the rest is drawn coarse, as the world repeats.

    Examples
    --------
    >>> on_earth(Bounds(150, 40, 200, 70))
    Bounds(min_lng=150, min_lat=40, max_lng=180.0, max_lat=70)
    """
    west, east = max(WORLD.min_lng, bounds.min_lng), min(WORLD.max_lng, bounds.max_lng)
    if west > east:  # all of it lies past the date line
        shift = TURN if bounds.max_lng < 0 else -TURN
        return on_earth(Bounds(bounds.min_lng + shift, bounds.min_lat, bounds.max_lng + shift, bounds.max_lat))
    return Bounds(west, bounds.min_lat, east, bounds.max_lat)
