"""What a file says of countries, checked against the built-in gazetteer: names become codes, swapped axes are seen."""

from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from gazetteer.geometry import Bounds, Geometry
from gazetteer.layers.problem import RowError
from gazetteer.layers.row import Entry
from gazetteer.place import Place, PlaceKind
from gazetteer.resolution import Candidate

_MARGIN = 2.0
"""Degrees around a country's box that may still be its own: islands and bases off its coast."""


class World(Protocol):
    """The part of a `Gazetteer` that is asked."""

    def countries(self) -> tuple[Place, ...]:
        """Give all countries."""
        ...

    def lookup(self, name: str, *, country: str | None = None) -> tuple[Candidate, ...]:
        """Give the places of a name."""
        ...

    def shape(self, place: Place) -> Geometry | None:
        """Give a place's polygon."""
        ...


class Countries:
    """Countries by code or name.

    Parameters
    ----------
    world
        The built-in gazetteer.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_code = {place.country: place for place in world.countries()}
        self._country = lru_cache(maxsize=1000)(self._look_up)
        self._box = lru_cache(maxsize=300)(self._box_of)

    def settled(self, entry: Entry) -> Entry:
        """Give an entry with its country as an ISO code.

        Raises
        ------
        RowError
            The country is not known, or the position lies in it only when lat and lon are swapped.
        """
        if not entry.country:
            return entry
        country = self._country(entry.country.strip()[:100])
        if country is None or country.country is None:
            raise RowError(f"country {entry.country[:40]!r} is not known; write its ISO 3166-1 code, such as IQ")
        if entry.point:
            box = self._box(country)
            lng, lat = entry.point
            if box and not _holds(box, lng, lat) and _holds(box, lat, lng):
                raise RowError(
                    f"lat {lat:g}, lon {lng:g} is far from {country.name}, and the other way round lies in it: lat and "
                    "lon look swapped: swap them"
                )
        return replace(entry, country=country.country)

    def _look_up(self, written: str) -> Place | None:
        found = self._by_code.get(written.upper())
        named = (c.place for c in self._world.lookup(written) if c.place.kind is PlaceKind.COUNTRY)
        return found or next(named, None)

    def _box_of(self, country: Place) -> Bounds | None:
        shape = self._world.shape(country)
        return shape.bounds if shape else None


def _holds(box: Bounds, lng: float, lat: float) -> bool:
    return (
        box.min_lng - _MARGIN <= lng <= box.max_lng + _MARGIN and box.min_lat - _MARGIN <= lat <= box.max_lat + _MARGIN
    )
