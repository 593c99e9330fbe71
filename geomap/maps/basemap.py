"""What lies under the incidents: land, borders and names, fine in the area shown and coarse around it.

`BaseMap` is plain data: a map can be drawn over anything. `from_gazetteer` fills it from the embedded data, whose lines
are stored as the page draws them: nothing is worked out here.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from gazetteer.base_map import BaseLines, BorderLine, Scale
from gazetteer.format import DATA
from gazetteer.geometry import Bounds
from gazetteer.lines import Line
from gazetteer.place import LngLat, Place, PlaceKind
from gazetteer.store import PlaceStore
from geomap.maps.shown import WORLD, on_earth

LabelKind = Literal["country", "water", "city"]

COUNTRIES, SEAS, CITIES = 300, 60, 90
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

    shores: tuple[Line, ...] = ()
    borders: tuple[BorderLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BaseMap:
    """Land, lines and names, ready to be drawn.

    Attributes
    ----------
    land
        Rings that are filled together without an outline: exteriors counter-clockwise, holes clockwise.
    lines
        Coasts and borders.
    labels
        Names.
    box
        Where land and lines are known: they are drawn inside it, and the world is hidden there. None: everywhere.
    world
        What is drawn around the box.

    Examples
    --------
    >>> square = Line.of([LngLat(0, 0), LngLat(9, 0), LngLat(9, 9), LngLat(0, 9), LngLat(0, 0)])
    >>> BaseMap(land=(square,)).land[0].positions[2]
    LngLat(lng=9.0, lat=9.0)
    """

    land: tuple[Line, ...] = ()
    lines: tuple[BorderLine, ...] = ()
    labels: tuple[Label, ...] = ()
    box: Bounds | None = None
    world: World = World()


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
        lines = BaseLines(store.connection)
        scale = Scale.WORLD if bounds is None else Scale.for_width(bounds.max_lng - bounds.min_lng)
        if bounds is None or scale is Scale.WORLD:
            return BaseMap(labels=names(store, WORLD, language), world=_world(lines, Scale.WORLD))
        box = on_earth(bounds)
        return BaseMap(
            tuple(lines.land(box, scale)),
            tuple(lines.borders(box, scale)),
            names(store, box, language),
            box,
            _world(lines, Scale.AROUND),
        )
    finally:
        store.close()


def _world(lines: BaseLines, scale: Scale) -> World:
    return World(tuple(lines.land(WORLD, scale)), tuple(lines.borders(WORLD, scale)))


def names(store: PlaceStore, box: Bounds, language: str) -> tuple[Label, ...]:
    """Give the names of all countries, the widest seas and the most populous cities of a box, in this order."""
    waters = (*store.largest(PlaceKind.WATER, WORLD, SEAS // 2), *store.largest(PlaceKind.WATER, box, SEAS // 2))
    seas = sorted(dict.fromkeys(waters), key=lambda place: -place.radius_m)
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
