"""The committed areas → lines and land of the base map, as `gazetteer.base_map` reads them.

What a map would do at run time for each view is done here once: neighbours are joined to land, bends that a view can't
show are left out, and everything is cut into pieces small enough that a view loads little beyond its edges.
"""

import math
import sqlite3
from collections.abc import Iterator, Sequence

from gazetteer.base_map import BorderKind, Scale, create_base_tables, hundredths
from gazetteer.build.areas import AreaSources, Detail
from gazetteer.geometry import Bounds, Ring, bounds_of
from gazetteer.lines import Line, steps
from gazetteer.place import LngLat

_DETAIL = {
    Scale.WORLD: Detail.WORLD,
    Scale.AROUND: Detail.WORLD,
    Scale.WIDE: Detail.REGION,
    Scale.REGION: Detail.REGION,
    Scale.LOCAL: Detail.LOCAL,
}
_STEP = {Scale.WORLD: 0.0, Scale.AROUND: 0.2, Scale.WIDE: 0.01, Scale.REGION: 0.0, Scale.LOCAL: 0.0}
"""Degrees: smaller bends are left out. Around a finer map the world takes 50 KB, not 145."""
_FAINT = {Scale.WIDE: 0.05, Scale.REGION: 0.015, Scale.LOCAL: 0.0}
"""The same for first-level borders, which are thin and pale: a pixel and a half of a window that shows the view."""
_CELL = {Scale.WIDE: 2.8125, Scale.REGION: 1.40625, Scale.LOCAL: 1.40625}
"""Degrees: land is cut into cells that are at most so wide (360° halved again and again)."""
_SEAM = 0.02
"""Degrees, 2 km: so far land reaches into the cells around its own."""
_CHUNK = {Scale.WORLD: 48, Scale.AROUND: 48, Scale.WIDE: 48, Scale.REGION: 48, Scale.LOCAL: 96}
"""Steps of a stored line: a view of a province should not load all of Norway's coast."""
_POINTLESS = 3
"""Positions of a closed ring without an inside: an islet that is smaller than the last decimal."""
_WORLD = Bounds(-180.0, -90.0, 180.0, 90.0)


def store_base_map(connection: sqlite3.Connection, sources: AreaSources) -> None:
    """Create and fill the tables of the base map."""
    create_base_tables(connection)
    for scale in Scale:
        lines = (
            (int(scale), kind.value, *hundredths(bounds_of(piece)), steps(piece, scale.decimals))
            for kind, line in _lines(sources, scale)
            for piece in _chunks(line, _CHUNK[scale])
        )
        connection.executemany("INSERT INTO base_lines VALUES (?, ?, ?, ?, ?, ?, ?)", lines)
        rings = (
            (int(scale), *hundredths(bounds_of(ring)), line.letters)
            for ring in _land(sources, scale)
            if len((line := Line.of(ring, scale.decimals)).positions) > _POINTLESS
        )
        connection.executemany("INSERT INTO base_land VALUES (?, ?, ?, ?, ?, ?)", rings)


def _lines(sources: AreaSources, scale: Scale) -> Iterator[tuple[BorderKind, Ring]]:
    whole = scale in (Scale.WORLD, Scale.AROUND)
    for kind, line in sources.border_lines(_DETAIL[scale]):
        if whole and kind in (BorderKind.COAST, BorderKind.ADMIN1):
            continue  # its coasts are the outlines of its land
        step = _FAINT[scale] if kind is BorderKind.ADMIN1 else _STEP[scale]
        yield kind, simplified(line, step)


def _chunks(line: Ring, length: int) -> Iterator[Ring]:
    for start in range(0, len(line) - 1, length):
        yield line[start : start + length + 1]


def _land(sources: AreaSources, scale: Scale) -> Iterator[Ring]:
    step = _STEP[scale]
    for polygon in sources.land(_DETAIL[scale]).polygons:
        rings = [simplified(ring, step) for ring in polygon if not step or _span(ring) > step]
        if scale in _CELL:
            yield from _cells(rings, _WORLD, _CELL[scale])
        else:
            yield from rings


def _span(line: Ring) -> float:
    box = bounds_of(line)
    return max(box.max_lng - box.min_lng, box.max_lat - box.min_lat)


def _cells(rings: Sequence[Ring], box: Bounds, width: float) -> Iterator[Ring]:
    """Cut the rings of a polygon into cells: the box is halved along its longer side until it is no cell any more."""
    if not rings:
        return
    west, south, east, north = box
    if max(east - west, north - south) <= width:
        yield from rings
        return
    if east - west >= north - south:
        middle = (west + east) / 2
        halves = (Bounds(west, south, middle, north), Bounds(middle, south, east, north))
    else:
        middle = (south + north) / 2
        halves = (Bounds(west, south, east, middle), Bounds(west, middle, east, north))
    for half in halves:
        wider = Bounds(half.min_lng - _SEAM, half.min_lat - _SEAM, half.max_lng + _SEAM, half.max_lat + _SEAM)
        yield from _cells([ring for whole in rings if (ring := clipped(whole, wider))], half, width)


def clipped(ring: Ring, bounds: Bounds) -> Ring:
    """Cut a closed ring at a box (Sutherland and Hodgman); nothing is left of one that lies outside.

    Examples
    --------
    >>> square = (LngLat(0, 0), LngLat(4, 0), LngLat(4, 4), LngLat(0, 4), LngLat(0, 0))
    >>> bounds_of(clipped(square, Bounds(-1, -1, 2, 3)))
    Bounds(min_lng=0, min_lat=0, max_lng=2, max_lat=3)
    """
    for axis, limit, sign in (
        (0, bounds.min_lng, 1),
        (0, bounds.max_lng, -1),
        (1, bounds.min_lat, 1),
        (1, bounds.max_lat, -1),
    ):
        if all((position[axis] - limit) * sign >= 0 for position in ring):
            continue
        kept: list[LngLat] = []
        before = ring[-1]
        before_in = (before[axis] - limit) * sign >= 0
        for position in ring:
            is_in = (position[axis] - limit) * sign >= 0
            if is_in != before_in:
                share = (limit - before[axis]) / (position[axis] - before[axis])
                other = before[1 - axis] + share * (position[1 - axis] - before[1 - axis])
                kept.append(LngLat(limit, other) if axis == 0 else LngLat(other, limit))
            if is_in:
                kept.append(position)
            before, before_in = position, is_in
        if not kept:
            return ()
        ring = tuple(kept) if kept[0] == kept[-1] else (*kept, kept[0])
    return ring


def simplified(line: Sequence[LngLat], step: float) -> Ring:
    """Leave out the bends of a line that are smaller than a step (Douglas and Peucker); its ends stay.

    Examples
    --------
    >>> simplified((LngLat(0, 0), LngLat(5, 0.1), LngLat(10, 0), LngLat(10, 9)), 0.2)
    (LngLat(lng=0, lat=0), LngLat(lng=10, lat=0), LngLat(lng=10, lat=9))
    """
    last = len(line) - 1
    if not step or last < 2:  # noqa: PLR2004  a line of two positions has no bend
        return tuple(line)
    kept = {0, last}
    parts = [(0, last)]
    while parts:
        start, end = parts.pop()
        far, at = _farthest(line, start, end)
        if far > step:
            kept.add(at)
            parts += [(start, at), (at, end)]
    return tuple(line[k] for k in sorted(kept))


def _farthest(line: Sequence[LngLat], start: int, end: int) -> tuple[float, int]:
    """Give how far, and which, position between two is farthest from the straight piece that joins them."""
    between = line[start + 1 : end]
    if not between:
        return 0.0, start
    (x, y), (to_x, to_y) = line[start], line[end]
    dx, dy = to_x - x, to_y - y
    length = math.hypot(dx, dy)
    square = length * length
    away = [
        abs(dx * (py - y) - dy * (px - x)) / length
        if 0 <= dx * (px - x) + dy * (py - y) <= square and length
        else min(math.hypot(px - x, py - y), math.hypot(px - to_x, py - to_y))
        for px, py in between
    ]
    far = max(away)
    return far, start + 1 + away.index(far)
