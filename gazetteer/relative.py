"""Places told by others: "20 km south of X", "between X and Y", "off the coast of X" → a shape with its uncertainty.

A relation is written into the id of the place it gives (``rel:offset:south:20000:geonames:98182``), so that its shape
can be worked out again from the id alone, by whoever draws it.

The uncertainty follows the point-radius method (Wieczorek, Guo and Hijmans 2004, doi:10.1080/13658810412331280211): the
extent of the named place, the coarseness of the direction and that of the distance, added up. The rules are `_Rules`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import hypot, radians, sin
from typing import Protocol

from gazetteer.distance import bearing_deg, destination, distance_m
from gazetteer.geometry import Geometry
from gazetteer.place import LngLat, Place, PlaceKind, Precision
from gazetteer.relative_shapes import border_strip, part_of, ring, sea_beside, strip

PREFIX = "rel:"
BEARING = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
"""Eight directions → degrees clockwise from north."""
POINTS = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.SITE)
AREAS = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION, PlaceKind.WATER)


class RelationKind(StrEnum):
    """What a phrase says of its place."""

    OFFSET = "offset"
    """20 km south of X."""
    DISTANCE = "distance"
    """20 km from X."""
    DIRECTION = "direction"
    """North of X, how far is not said."""
    PART = "part"
    """Northern X, the north of X: X is an area."""
    OUTSKIRTS = "outskirts"
    """The outskirts of X."""
    BETWEEN = "between"
    """Between X and Y."""
    ROAD = "road"
    """On the road from X to Y."""
    COAST = "coast"
    """Off the coast of X."""
    BORDER = "border"
    """Near the border of X and Y."""


class _Rules:
    """The lengths in metres that words without a number stand for, each with the case that set it."""

    DIRECTION_M = 15_000.0
    """ "North of Baghdad": beyond its edge; Taji (25 km from the centre) and Tarmiyah (40 km) are told so."""
    DIRECTION_LEAST_M = 30_000.0
    """No smaller circle for it: what lies "north of" a village may be the next town."""
    OUTSKIRTS_M = 5000.0
    """ "The outskirts of Khiam": its fields."""
    ROAD_LEAST_M = 5000.0
    ROAD_SHARE = 0.1
    """Roads bend: the road from Baghdad to Kirkuk leaves the straight line by a tenth of its length."""
    BETWEEN_SHARE = 0.15
    """Between two towns is a stretch of land, not a line."""
    COAST_M = 30_000.0
    """ "Off the coast of Hodeidah": territorial waters are 22 km wide, and reports go somewhat beyond."""
    BORDER_M = 15_000.0
    """ "Near the Iraqi-Syrian border": the towns that are told so (al-Qaim, Rabia) lie within 15 km."""
    FARTHEST_M = 300_000.0
    """Farther is no place: the range of a missile, a journey."""
    APART_M = 600_000.0
    """Two places farther apart have no "between": talks do."""
    NEAR_SETTLEMENT_M = 60_000.0
    """A stretch between two towns no longer than this is still near them; a longer one is a region."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a phrase says.

    Attributes
    ----------
    kind
        How the place lies.
    direction
        One of `BEARING`, where one is said.
    distance_m
        Metres, where they are said.
    """

    kind: RelationKind
    direction: str | None = None
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class RelativePlace:
    """A place found by its relation.

    Attributes
    ----------
    place
        The place: its id says the relation, its radius is the uncertainty.
    precision
        For the record.
    shape
        Its polygon.
    rule
        How point and uncertainty were found, in words.
    """

    place: Place
    precision: Precision
    shape: Geometry
    rule: str


class World(Protocol):
    """The part of a `Gazetteer` that is asked."""

    def __hash__(self) -> int:
        """Let it be a key of what was worked out with it."""
        ...

    def place(self, place_id: str) -> Place | None:
        """Give a place by its id."""
        ...

    def shape(self, place: Place) -> Geometry | None:
        """Give a place's polygon."""
        ...

    def containing(self, point: LngLat) -> tuple[Place, ...]:
        """Give the areas that contain a point."""
        ...

    def countries(self) -> tuple[Place, ...]:
        """Give all countries."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    point: LngLat
    radius_m: float
    shape: Geometry
    precision: Precision
    kind: PlaceKind
    rule: str


def relate(relation: Relation, anchors: Sequence[Place], world: World) -> RelativePlace | None:
    """Give the place that lies so to others; None where the words make no place of them.

    Parameters
    ----------
    relation
        What the phrase says.
    anchors
        The places that it names: one, or two for BETWEEN, ROAD and BORDER.
    world
        The gazetteer: knows polygons, and what is land.

    Examples
    --------
    >>> import gazetteer
    >>> with gazetteer.open_gazetteer() as world:
    ...     mosul = world.lookup("Mosul")[0].place
    ...     found = relate(Relation(RelationKind.OFFSET, "south", 20_000), [mosul], world)
    >>> found.place.name, found.precision.value, round(found.place.point.lat, 2), found.place.radius_m < 25_000
    ('20 km south of Mosul', 'near_settlement', 36.16, True)
    """
    return _worked_out(relation, tuple(anchors), world)


@lru_cache(maxsize=256)
def _worked_out(relation: Relation, anchors: tuple[Place, ...], world: World) -> RelativePlace | None:
    """`relate`, kept: an article speaks of northern Syria ten times, and its map asks for the shape again."""
    if len(anchors) != (2 if relation.kind in _PAIRS else 1) or len({place.id for place in anchors}) != len(anchors):
        return None
    if relation.distance_m is not None and not 0 < relation.distance_m <= _Rules.FARTHEST_M:
        return None
    found = _SOLVERS[relation.kind](relation, anchors, world)
    if found is None:
        return None
    around = world.containing(found.point)
    if relation.kind is RelationKind.PART:
        parents: tuple[str, ...] = (anchors[0].id, *anchors[0].parents)
        country = anchors[0].country
    elif relation.kind is RelationKind.BORDER:  # in both countries, so in neither alone
        parents, country = (), anchors[0].country if anchors[0].country == anchors[1].country else None
    else:
        kinds = (PlaceKind.COUNTRY, PlaceKind.ADMIN1)
        parents = tuple(p.id for p in around if p.kind in kinds) if found.precision is not Precision.WATER else ()
        country = next((p.country for p in around if p.kind is PlaceKind.COUNTRY), None)
    place = Place(
        id=relation_id(relation, anchors),
        name=told(relation, [anchor.name for anchor in anchors]),
        kind=found.kind,
        feature="",
        point=found.point,
        country=country,
        parents=parents,
        population=0,
        radius_m=float(round(found.radius_m)),
        has_area=True,
        source=f"worked out from {' and '.join(anchor.source for anchor in anchors)}",
    )
    return RelativePlace(place, found.precision, found.shape, found.rule)


def relation_id(relation: Relation, anchors: Sequence[Place]) -> str:
    """Write a relation as an id.

    Examples
    --------
    >>> relation_id(Relation(RelationKind.PART, "north"), [])
    'rel:part:north:-:'
    """
    metres = "-" if relation.distance_m is None else f"{relation.distance_m:.0f}"
    return f"{PREFIX}{relation.kind}:{relation.direction or '-'}:{metres}:{'|'.join(place.id for place in anchors)}"


def is_relative(place_id: str) -> bool:
    """Whether an id is that of a place told by others.

    Examples
    --------
    >>> is_relative("rel:part:north:-:geonames:163843"), is_relative("geonames:163843")
    (True, False)
    """
    return place_id.startswith(PREFIX)


def whole_of(place_id: str) -> str:
    """Give the id of the area that a part is a part of; any other id as it is.

    Examples
    --------
    >>> whole_of("rel:part:north:-:geonames:163843"), whole_of("geonames:98182")
    ('geonames:163843', 'geonames:98182')
    """
    head = f"{PREFIX}{RelationKind.PART}:"
    return place_id.split(":", 4)[4] if place_id.startswith(head) and place_id.count(":") > 4 else place_id  # noqa: PLR2004


def from_id(place_id: str, world: World) -> RelativePlace | None:
    """Work a relation out again from its id; None when the id is another one or a place of it is not there any more.

    Examples
    --------
    >>> import gazetteer
    >>> with gazetteer.open_gazetteer() as world:
    ...     from_id("rel:part:north:-:geonames:163843", world).place.name
    'northern Syria'
    """
    parts = place_id.split(":", 4)
    if not is_relative(place_id) or len(parts) != 5 or parts[1] not in set(RelationKind):  # noqa: PLR2004 - five parts
        return None
    _, kind, direction, metres, ids = parts
    if direction not in {*BEARING, "centre", "-"} or not (metres == "-" or metres.isdecimal()):
        return None
    anchors = [place for anchor in ids.split("|") if (place := world.place(anchor))]
    if len(anchors) != ids.count("|") + 1:
        return None
    relation = Relation(
        RelationKind(kind), None if direction == "-" else direction, None if metres == "-" else float(metres)
    )
    return relate(relation, anchors, world)


_ADJECTIVE = {name: f"{name}ern" for name in BEARING} | {"centre": "central"}


def told(relation: Relation, names: Sequence[str]) -> str:
    """Tell a relation in English.

    Examples
    --------
    >>> told(Relation(RelationKind.ROAD), ["Baghdad", "Mosul"]), told(Relation(RelationKind.PART, "north"), ["Syria"])
    ('the road from Baghdad to Mosul', 'northern Syria')
    """
    first, second = (*names, "", "")[:2]
    far = "" if relation.distance_m is None else f"{relation.distance_m / 1000:g} km "
    return {
        RelationKind.OFFSET: f"{far}{relation.direction} of {first}",
        RelationKind.DISTANCE: f"{far}from {first}",
        RelationKind.DIRECTION: f"{relation.direction} of {first}",
        RelationKind.PART: f"{_ADJECTIVE.get(relation.direction or '', '')} {first}",
        RelationKind.OUTSKIRTS: f"the outskirts of {first}",
        RelationKind.BETWEEN: f"between {first} and {second}",
        RelationKind.ROAD: f"the road from {first} to {second}",
        RelationKind.COAST: f"{far}off the coast of {first}",
        RelationKind.BORDER: f"the border of {first} and {second}",
    }[relation.kind]


def coarseness_m(metres: float) -> float:
    """Give how far off a said distance may be: half the step it is rounded to, and at most 15 % of it.

    Examples
    --------
    >>> [coarseness_m(km * 1000) for km in (7, 20, 25, 100)]
    [500.0, 3000.0, 500.0, 15000.0]
    """
    step = 100.0
    while metres % (step * 10) == 0 and step < metres:
        step *= 10
    return min(step / 2, metres * 0.15)


def _offset(relation: Relation, anchors: Sequence[Place], _: World) -> _Found | None:
    (anchor,) = anchors
    far, direction = relation.distance_m, relation.direction
    if far is None or direction not in BEARING or anchor.kind not in POINTS:
        return None
    point = destination(anchor.point, BEARING[direction], far)
    sideways = 2 * far * sin(radians(22.5 / 2))  # "south" is what is nearer to south than to south-east
    radius = hypot(sideways, coarseness_m(far)) + anchor.radius_m
    rule = f"{far / 1000:g} km {direction} of {anchor.name}; uncertain by its extent, the direction and the distance"
    return _Found(point, radius, ring(point, radius), Precision.NEAR_SETTLEMENT, PlaceKind.SETTLEMENT, rule)


def _distance(relation: Relation, anchors: Sequence[Place], _: World) -> _Found | None:
    (anchor,) = anchors
    far = relation.distance_m
    if far is None or anchor.kind not in POINTS:
        return None
    radius = far + coarseness_m(far) + anchor.radius_m
    rule = f"{far / 1000:g} km from {anchor.name}, the direction is not said: a circle around it"
    return _Found(
        anchor.point, radius, ring(anchor.point, radius), Precision.NEAR_SETTLEMENT, PlaceKind.SETTLEMENT, rule
    )


def _direction(relation: Relation, anchors: Sequence[Place], _: World) -> _Found | None:
    (anchor,) = anchors
    if relation.direction not in BEARING:
        return None
    if anchor.kind in AREAS:
        return None
    point = destination(anchor.point, BEARING[relation.direction], anchor.radius_m + _Rules.DIRECTION_M)
    radius = max(_Rules.DIRECTION_LEAST_M, anchor.radius_m + _Rules.DIRECTION_M)
    rule = (
        f"{relation.direction} of {anchor.name}, how far is not said: {_Rules.DIRECTION_M / 1000:g} km beyond its edge"
    )
    return _Found(point, radius, ring(point, radius), Precision.NEAR_SETTLEMENT, PlaceKind.SETTLEMENT, rule)


def _outskirts(_: Relation, anchors: Sequence[Place], __: World) -> _Found | None:
    (anchor,) = anchors
    if anchor.kind not in POINTS:
        return None
    radius = anchor.radius_m + _Rules.OUTSKIRTS_M
    rule = f"the outskirts of {anchor.name}: {_Rules.OUTSKIRTS_M / 1000:g} km beyond its edge"
    return _Found(
        anchor.point, radius, ring(anchor.point, radius), Precision.NEAR_SETTLEMENT, PlaceKind.SETTLEMENT, rule
    )


_PART_PRECISION = {
    PlaceKind.COUNTRY: Precision.REGION,
    PlaceKind.REGION: Precision.REGION,
    PlaceKind.ADMIN1: Precision.ADMIN1,
    PlaceKind.ADMIN2: Precision.ADMIN2,
    PlaceKind.WATER: Precision.WATER,
}


def _part(relation: Relation, anchors: Sequence[Place], world: World) -> _Found | None:
    (anchor,) = anchors
    whole = world.shape(anchor) if anchor.kind in AREAS else None
    if whole is None or relation.direction not in {*BEARING, "centre"}:
        return None
    cut = part_of(whole, relation.direction)
    if cut is None:
        return None
    rule = f"the {relation.direction} of {anchor.name}: a third of it (a quarter between two directions)"
    return _Found(cut.point, cut.radius_m, cut.shape, _PART_PRECISION[anchor.kind], anchor.kind, rule)


def _between(relation: Relation, anchors: Sequence[Place], _: World) -> _Found | None:
    one, two = anchors
    far = distance_m(one.point, two.point)
    if one.kind not in POINTS or two.kind not in POINTS or not 0 < far <= _Rules.APART_M:
        return None
    share = _Rules.ROAD_SHARE if relation.kind is RelationKind.ROAD else _Rules.BETWEEN_SHARE
    width = max(_Rules.ROAD_LEAST_M, far * share)
    middle = destination(one.point, bearing_deg(one.point, two.point), far / 2)
    near = far <= _Rules.NEAR_SETTLEMENT_M
    what = "on the road from" if relation.kind is RelationKind.ROAD else "between"
    rule = f"{what} {one.name} to {two.name}: a strip of {far / 1000:.0f} km, {2 * width / 1000:.0f} km wide"
    return _Found(
        middle,
        far / 2 + width,
        strip(one.point, two.point, width),
        Precision.NEAR_SETTLEMENT if near else Precision.REGION,
        PlaceKind.SETTLEMENT if near else PlaceKind.REGION,
        rule,
    )


def _coast(relation: Relation, anchors: Sequence[Place], world: World) -> _Found | None:
    (anchor,) = anchors
    if anchor.kind is PlaceKind.WATER:
        return None
    far = relation.distance_m
    reach = _Rules.COAST_M if far is None else far + max(coarseness_m(far), far / 5)
    whole = world.shape(anchor) if anchor.kind in AREAS else ring(anchor.point, anchor.radius_m)
    if whole is None:
        return None
    near_by = [
        country
        for country in world.countries()
        if distance_m(country.point, anchor.point) < 2 * (country.radius_m + anchor.radius_m) + reach
    ]
    sea = sea_beside(whole, reach, far, [shape for country in near_by if (shape := world.shape(country))])
    if sea is None or any(place.kind is PlaceKind.COUNTRY for place in world.containing(sea.point)):
        return None
    rule = f"off the coast of {anchor.name}: the sea within {reach / 1000:.0f} km"
    return _Found(sea.point, sea.radius_m, sea.shape, Precision.WATER, PlaceKind.WATER, rule)


def _border(_: Relation, anchors: Sequence[Place], world: World) -> _Found | None:
    one, two = (world.shape(place) if place.kind in AREAS else None for place in anchors)
    if one is None or two is None:
        return None
    both = border_strip(one, two, _Rules.BORDER_M)
    if both is None:
        return None
    names = " and ".join(place.name for place in anchors)
    rule = f"near the border of {names}: {_Rules.BORDER_M / 1000:g} km on both sides"
    return _Found(both.point, both.radius_m, both.shape, Precision.REGION, PlaceKind.REGION, rule)


_PAIRS = (RelationKind.BETWEEN, RelationKind.ROAD, RelationKind.BORDER)
_SOLVERS: dict[RelationKind, Callable[[Relation, Sequence[Place], World], _Found | None]] = {
    RelationKind.OFFSET: _offset,
    RelationKind.DISTANCE: _distance,
    RelationKind.DIRECTION: _direction,
    RelationKind.PART: _part,
    RelationKind.OUTSKIRTS: _outskirts,
    RelationKind.BETWEEN: _between,
    RelationKind.ROAD: _between,
    RelationKind.COAST: _coast,
    RelationKind.BORDER: _border,
}


def as_part(relation: Relation) -> Relation:
    """Give "north of X" as "the north of X": what it means where X is an area."""
    return replace(relation, kind=RelationKind.PART)
