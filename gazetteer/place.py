"""What a place is: its kind, its position, and how precisely a name points at it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class LngLat(NamedTuple):
    """A position on WGS 84 in degrees, longitude first, as GeoJSON and shapely have it.

    folium and geopy want latitude first; they are given ``(p.lat, p.lng)`` in one place each.

    Examples
    --------
    >>> LngLat(44.39, 33.31).lat
    33.31
    """

    lng: float
    lat: float


class PlaceKind(StrEnum):
    """What a gazetteer entry is."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    REGION = "region"
    """A named area that is no administrative unit: Sahel, Donbas, Golan Heights."""
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    """A part of a city, or a zone of a few kilometres."""
    SITE = "site"
    """A base, crossing, airport, embassy, field: something with a fence or a door."""
    WATER = "water"
    """A sea, gulf, strait, river or lake."""


class Precision(StrEnum):
    """How precisely a resolved mention says where: the vocabulary of the incident record."""

    SITE = "site"
    DISTRICT = "district"
    SETTLEMENT = "settlement"
    NEAR_SETTLEMENT = "near_settlement"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    REGION = "region"
    COUNTRY = "country"
    WATER = "water"

    @property
    def is_area(self) -> bool:
        """Whether a place of this precision is drawn as an area, never as a pin.

        Examples
        --------
        >>> Precision.COUNTRY.is_area, Precision.SITE.is_area
        (True, False)
        """
        return self not in (Precision.SITE, Precision.DISTRICT, Precision.SETTLEMENT)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    Attributes
    ----------
    id
        Stable identifier with its authority: ``geonames:98182``, ``icao:ORAA``, ``site:green-zone-baghdad``.
    name
        Preferred name for display, in English where the sources have one.
    kind
        What it is.
    feature
        GeoNames feature code (``PPLC``, ``ADM1``, ``AIRB`` ...) or the nearest equivalent.
    point
        Its position; for an area a label point that must never be drawn as the place of an incident.
    country
        ISO 3166-1 alpha-2, or None (seas, regions over several countries).
    parents
        Ids of the places that contain it, the nearest first.
    population
        Inhabitants, 0 where the source does not say.
    radius_m
        Metres around ``point`` that hold the place: from its polygon, population or kind.
    has_area
        Whether the gazetteer holds a polygon for it.
    source
        Where the entry comes from; PROVENANCE has the version and licence.
    """

    id: str
    name: str
    kind: PlaceKind
    feature: str
    point: LngLat
    country: str | None
    parents: tuple[str, ...]
    population: int
    radius_m: float
    has_area: bool
    source: str
