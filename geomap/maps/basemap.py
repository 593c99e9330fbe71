"""What lies under the incidents: land, borders and names, fine in the area shown and coarse around it.

`BaseMap` is plain data: a map can be drawn over anything. `from_gazetteer` fills it from the embedded data.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

from gazetteer.areas import Areas, BorderKind, BorderLine, Detail
from gazetteer.format import DATA
from gazetteer.geometry import Bounds, Geometry, PolygonRings, Ring, bounds_of, polygon_geometry
from gazetteer.place import LngLat, Place, PlaceKind
from gazetteer.store import PlaceStore
from geomap.incident import Incident

LabelKind = Literal["country", "water", "city"]

WORLD = Bounds(-180.0, -90.0, 180.0, 90.0)
HALF_TURN, TURN = 180.0, 360.0
REGION_WIDTH = 100.0
"""Degrees. Iraq to Ukraine is 30° wide; a view that is wider than this shows continents."""
LOCAL_WIDTH = 8.0
"""Degrees. A lone point with its margin is 6° wide at 36° north, Lebanon 7°, Syria 15°."""
WINDOW = 1.6
"""Width of a window by its height."""
SEAM = 0.02
"""Degrees, 2 km."""
FAR_STEP = 0.2
"""Degrees. Around the area shown the world is there to find one's way, in 75 KB instead of 145."""
FAINT = 600.0
"""First-level borders, thin and pale, leave out the bends below a pixel and a half of a window that shows the box."""
LINES_OF_WATER = frozenset({"STM", "CNL"})
"""Rivers and canals: a name at the middle of one says nothing of where it runs."""
COUNTRIES, WATERS, SEAS, CITIES = 300, 1000, 60, 90
"""At most so many names; those that do not fit at a zoom are left out, and return when a reader looks closer."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the base map.

    Attributes
    ----------
    text
        What is written.
    at
        Where its middle is; for a city, the city.
    kind
        What it names.
    rank
        Lower is written first; a name that would cover an earlier one is left out.
    country
        ISO 3166-1 alpha-2 of a country: a browser that knows its name in the reader's language writes that.
    local
        What the people there write, where that is another name and known; it stands under the text.
    metres
        How far what is named reaches from its middle; its name waits until there is room for it. None: no wait.
    """

    text: str
    at: LngLat
    kind: LabelKind
    rank: int
    country: str | None = None
    local: str | None = None
    metres: float | None = None


@dataclass(frozen=True, slots=True)
class World:
    """The coarse world beyond the area shown, and under it.

    Attributes
    ----------
    shores
        Closed outlines of land; what lies inside an odd number of them is land, so a lake is one more.
    borders
        Lines between countries.
    """

    shores: tuple[Ring, ...] = ()
    borders: tuple[BorderLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BaseMap:
    """Land, lines and names, ready to be drawn.

    Attributes
    ----------
    land
        Polygons that are filled without an outline.
    lines
        Coasts and borders.
    labels
        Names.
    box
        Where land and lines are known; the world is hidden there. None: everywhere.
    world
        What is drawn around the box.
    """

    land: tuple[PolygonRings, ...] = ()
    lines: tuple[BorderLine, ...] = ()
    labels: tuple[Label, ...] = ()
    box: Bounds | None = None
    world: World = World()


# What is shown --------------------------------------------------------------------------------------


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


# From the gazetteer ---------------------------------------------------------------------------------


def from_gazetteer(bounds: Bounds | None, language: str) -> BaseMap:
    """Give the base map of an area: fine inside, coarse around it; coarse everywhere for None.

    Parameters
    ----------
    bounds
        The area shown; it may run past 180°.
    language
        Of the names.

    Raises
    ------
    gazetteer.GazetteerError
        When the embedded data are missing or damaged.
    """
    store = PlaceStore(DATA)
    try:
        areas = Areas(store.connection)
        if bounds is None or bounds.max_lng - bounds.min_lng > REGION_WIDTH:
            return BaseMap(labels=names(store, WORLD, language), world=around(areas, step=0.0))
        box = _on_earth(bounds)
        land, lines = within(areas, box)
        return BaseMap(land, lines, names(store, box, language), box, around(areas, step=FAR_STEP))
    finally:
        store.close()


def _on_earth(bounds: Bounds) -> Bounds:
    """Cut off what runs past the date line: the rest is drawn coarse, as the world repeats."""
    west, east = max(WORLD.min_lng, bounds.min_lng), min(WORLD.max_lng, bounds.max_lng)
    if west > east:  # all of it lies past the date line
        shift = TURN if bounds.max_lng < 0 else -TURN
        return _on_earth(Bounds(bounds.min_lng + shift, bounds.min_lat, bounds.max_lng + shift, bounds.max_lat))
    return Bounds(west, bounds.min_lat, east, bounds.max_lat)


def within(areas: Areas, box: Bounds) -> tuple[tuple[PolygonRings, ...], tuple[BorderLine, ...]]:
    """Give the land and lines of a box, cut at it; the land reaches over its edge so that no seam shows there."""
    detail = Detail.LOCAL if box.max_lng - box.min_lng <= LOCAL_WIDTH else Detail.REGION
    wider = Bounds(box.min_lng - SEAM, box.min_lat - SEAM, box.max_lng + SEAM, box.max_lat + SEAM)
    faint = (box.max_lng - box.min_lng) / FAINT
    lines = (
        BorderLine(border.kind, simplified(part, faint if border.kind is BorderKind.ADMIN1 else 0.0))
        for border in areas.borders(box, detail)
        for part in cut(border.line, box)
    )
    return tuple(areas.land(wider, detail)), tuple(lines)


def around(areas: Areas, *, step: float) -> World:
    """Give the coarse world; bends of less than ``step`` degrees, and islets, are left out."""
    lines = tuple(areas.borders(WORLD, Detail.WORLD))
    shores = joined(border.line for border in lines if border.kind is BorderKind.COAST)
    return World(
        tuple(simplified(shore, step) for shore in shores if not step or _span(shore) > step),
        tuple(BorderLine(b.kind, simplified(b.line, step)) for b in lines if b.kind is not BorderKind.COAST),
    )


def _span(line: Sequence[LngLat]) -> float:
    box = bounds_of(tuple(line))
    return max(box.max_lng - box.min_lng, box.max_lat - box.min_lat)


def joined(lines: Iterable[Sequence[LngLat]]) -> Iterator[Ring]:
    """Join lines at their ends to closed rings. What meets the date line stays open there and is closed along it.

    Examples
    --------
    >>> a, b, c = LngLat(0, 0), LngLat(1, 0), LngLat(1, 1)
    >>> [ring] = joined([(a, b), (c, a), (c, b)])
    >>> ring == (c, b, a, c)
    True
    """
    by_end: dict[LngLat, list[LngLat]] = {}
    for line in lines:
        chain = list(line)
        while chain[0] != chain[-1]:
            end = next((end for end in (chain[-1], chain[0]) if end in by_end), None)
            if end is None:
                break
            other = by_end.pop(end)
            del by_end[other[-1] if other[0] == end else other[0]]
            if chain[0] == end:
                chain.reverse()
            if other[-1] == end:
                other.reverse()
            chain += other[1:]
        if chain[0] == chain[-1]:
            yield tuple(chain)
        else:
            by_end[chain[0]] = by_end[chain[-1]] = chain
    for chain in {id(chain): chain for chain in by_end.values()}.values():
        yield (*chain, chain[0])


def simplified(line: Sequence[LngLat], step: float) -> tuple[LngLat, ...]:
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


def names(store: PlaceStore, box: Bounds, language: str) -> tuple[Label, ...]:
    """Give the names of all countries, the widest seas and the most populous cities of a box, in this order."""
    found_water = (
        place for place in store.largest(PlaceKind.WATER, WORLD, WATERS) if place.feature not in LINES_OF_WATER
    )
    water = sorted(found_water, key=lambda place: -place.radius_m)
    seas = [place for n, place in enumerate(water) if n < SEAS // 2 or _holds(box, place.point)][:SEAS]
    found: list[tuple[LabelKind, Place]] = [("country", p) for p in store.largest(PlaceKind.COUNTRY, WORLD, COUNTRIES)]
    found += [("water", place) for place in seas]
    found += [("city", place) for place in store.largest(PlaceKind.SETTLEMENT, box, CITIES)]
    return tuple(_label(store, kind, place, rank, language) for rank, (kind, place) in enumerate(found))


def _label(store: PlaceStore, kind: LabelKind, place: Place, rank: int, language: str) -> Label:
    text = store.name(place.id, language) or place.name
    spoken = None if kind == "water" else local_languages().get(place.country or "")
    local = store.name(place.id, spoken) if spoken and spoken != language else None
    return Label(
        text,
        place.point,
        kind,
        rank,
        place.country if kind == "country" else None,
        local if local != text else None,
        place.radius_m if kind == "water" else None,
    )


def _holds(box: Bounds, point: LngLat) -> bool:
    return box.min_lng <= point.lng <= box.max_lng and box.min_lat <= point.lat <= box.max_lat


@cache
def local_languages() -> dict[str, str]:
    """Give the language that is written in each country, as far as it is one of those that the gazetteer names.

    Examples
    --------
    >>> local_languages()["IQ"], local_languages().get("CN")
    ('ar', None)
    """
    rows = (resources.files(__package__) / "local_languages.tsv").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {country: language for language, countries in pairs for country in countries.split()}


def cut(line: Sequence[LngLat], box: Bounds) -> Iterator[tuple[LngLat, ...]]:
    """Give the pieces of a line that lie inside a box.

    Examples
    --------
    >>> list(cut((LngLat(0, 0), LngLat(10, 0)), Bounds(4, -1, 6, 1)))
    [(LngLat(lng=4.0, lat=0.0), LngLat(lng=6.0, lat=0.0))]
    """
    west, south, east, north = box
    if all(west <= lng <= east and south <= lat <= north for lng, lat in line):
        yield tuple(line)
        return
    piece: list[LngLat] = []
    for a, b in pairwise(line):
        enters, leaves = _share_inside(a, b, box)
        if enters >= leaves:
            continue
        first, last = _along(a, b, enters), _along(a, b, leaves)
        if piece and piece[-1] == first:
            piece.append(last)
            continue
        if piece:
            yield tuple(piece)
        piece = [first, last]
    if piece:
        yield tuple(piece)


def _share_inside(a: LngLat, b: LngLat, box: Bounds) -> tuple[float, float]:
    """Give the share of a segment, from 0 to 1, at which it enters and leaves a box (Liang and Barsky)."""
    enters, leaves = 0.0, 1.0
    for at, step, low, high in (
        (a.lng, b.lng - a.lng, box.min_lng, box.max_lng),
        (a.lat, b.lat - a.lat, box.min_lat, box.max_lat),
    ):
        if step == 0:
            if not low <= at <= high:
                return 1.0, 0.0
            continue
        first, last = sorted(((low - at) / step, (high - at) / step))
        enters, leaves = max(enters, first), min(leaves, last)
    return enters, leaves


def _along(a: LngLat, b: LngLat, share: float) -> LngLat:
    if share in (0.0, 1.0):  # exactly the end, so that pieces that touch are joined
        return b if share else a
    return LngLat(a.lng + share * (b.lng - a.lng), a.lat + share * (b.lat - a.lat))
