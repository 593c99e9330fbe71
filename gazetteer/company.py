"""Where the names of a document lie: how much of it is about each country, province and one-degree cell.

Each name is shared out among its candidates by their probabilities of the round before, so that an ambiguous name says
little and a certain one much. A name never supports itself: its own part is taken out again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from math import cos, floor, radians

from gazetteer.place import LngLat, Place, PlaceKind

_AREAS = (PlaceKind.COUNTRY, PlaceKind.WATER, PlaceKind.REGION)
"""Kinds whose point says nothing of what is near."""
_LEAST = 0.03
"""A share below this is left out: San José has a hundred namesakes."""

Cell = tuple[int, int]


def cell_of(point: LngLat) -> Cell:
    """Give the cell of about 110 km on a side that holds a point.

    Examples
    --------
    >>> cell_of(LngLat(44.39, 33.31))
    (33, 37)
    """
    row = floor(point.lat)
    return row, floor(point.lng * max(0.2, cos(radians(row + 0.5))))


@dataclass(frozen=True, slots=True)
class Share:
    """A candidate of a name and its probability."""

    place: Place
    probability: float


@dataclass(slots=True)
class Company:
    """Mass of names by country, by first-level area and by cell; built by `add`, read by the passes."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    provinces: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cells: dict[Cell, float] = field(default_factory=lambda: defaultdict(float))
    own: dict[str, "Company"] = field(default_factory=dict)

    def add(self, name: str, shares: list[Share]) -> None:
        """Add what one name may mean."""
        mine = Company()
        for share in shares:
            if share.probability >= _LEAST:
                for target in (self, mine):
                    target.put(share.place, share.probability)
        self.own[name] = mine

    def put(self, place: Place, mass: float) -> None:
        """Add the mass of one candidate."""
        if place.country and place.kind is not PlaceKind.COUNTRY:
            self.countries[place.country] += mass
        if place.kind in _AREAS:
            return
        for parent in (place.id, *place.parents):
            if parent.startswith("admin1:"):
                self.provinces[parent] += mass
        row, column = cell_of(place.point)
        self.cells[row, column] += mass

    def around(self, place: Place) -> float:
        """Give the mass in the nine cells around a place."""
        row, column = cell_of(place.point)
        return sum(self.cells.get((row + i, column + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1))
