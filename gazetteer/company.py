"""Where the names of a document lie: how much of it is about each country, province and one-degree cell.

Each name is shared out among its candidates by their probabilities of the round before, so that an ambiguous name says
little and a certain one much. A name never supports itself: its own part is taken out again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import cos, floor, radians
from typing import NamedTuple

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


class Spot(NamedTuple):
    """Where a candidate lies, as far as other names can speak for it.

    Attributes
    ----------
    country
        ISO code; None for a country itself and where there is none.
    province
        Id of the first-level area that holds it, None for such an area itself.
    provinces
        Ids of the first-level areas that it speaks for: itself, or what holds it.
    cell
        Its cell; None for areas whose point says nothing.
    around
        The nine cells around it.
    """

    country: str | None
    province: str | None
    provinces: tuple[str, ...]
    cell: Cell | None
    around: tuple[Cell, ...]


def spot_of(place: Place) -> Spot:
    """Give where a place lies."""
    kind = place.kind
    country = None if kind is PlaceKind.COUNTRY else place.country
    provinces = tuple([area for area in (place.id, *place.parents) if area.startswith("admin1:")])
    province = None
    if provinces and kind is not PlaceKind.COUNTRY and kind is not PlaceKind.ADMIN1:
        province = next((area for area in provinces if area != place.id), None)
    if kind in _AREAS:
        return Spot(country, province, (), None, ())
    row, column = cell = cell_of(place.point)
    around = tuple([(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)])
    return Spot(country, province, provinces, cell, around)


@dataclass(slots=True)
class Company:
    """Mass of names by country, by first-level area and by cell; built by `add`, read by the passes.

    ``own`` holds for each name what it added itself.
    """

    countries: dict[str, float] = field(default_factory=dict)
    provinces: dict[str, float] = field(default_factory=dict)
    cells: dict[Cell, float] = field(default_factory=dict)
    own: "dict[str, Company]" = field(default_factory=dict)

    def add(self, name: str, shares: Iterable[tuple[Spot, float]]) -> None:
        """Add what one name may mean, with the probability of each."""
        mine = self.own[name] = Company()
        for spot, probability in shares:
            if probability >= _LEAST:
                for target in (self, mine):
                    target.put(spot, probability)

    def put(self, spot: Spot, mass: float) -> None:
        """Add the mass of one candidate."""
        if spot.country:
            self.countries[spot.country] = self.countries.get(spot.country, 0.0) + mass
        for province in spot.provinces:
            self.provinces[province] = self.provinces.get(province, 0.0) + mass
        if spot.cell:
            self.cells[spot.cell] = self.cells.get(spot.cell, 0.0) + mass

    def around(self, spot: Spot) -> float:
        """Give the mass in the nine cells around a place."""
        cells = self.cells
        return sum([cells[cell] for cell in spot.around if cell in cells])
