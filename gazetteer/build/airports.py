"""Airports and air bases of airportsdata: sites with an ICAO code and a name in English."""

from collections.abc import Iterator, Mapping

import airportsdata

from gazetteer.build.rows import Row
from gazetteer.format import NameFlag
from gazetteer.place import LngLat, PlaceKind

_AIRFIELD_RADIUS_M = 2500.0
_MILITARY = ("air base", "airbase", "afb", "army air", "naval air", "military", "raf ")
_GENERIC = {"airport", "airfield", "airstrip", "heliport", "seaplane base", "international airport"}


def rows(countries: Mapping[str, str]) -> Iterator[Row]:
    """Give every airport whose name says which one it is.

    Parameters
    ----------
    countries
        ISO code → id of the country.
    """
    for icao, airport in sorted(airportsdata.load("ICAO").items()):
        name, iso = str(airport["name"]).strip(), str(airport["country"])
        if not _is_telling(name) or iso not in countries:
            continue
        military = any(word in f"{name.lower()} " for word in _MILITARY)
        row = Row(
            id=f"icao:{icao}",
            name=name,
            kind=PlaceKind.SITE,
            feature="AIRB" if military else "AIRP",
            point=LngLat(float(airport["lon"]), float(airport["lat"])),
            country=iso,
            parent=countries[iso],
            population=0,
            radius_m=_AIRFIELD_RADIUS_M,
            source="airportsdata",
        )
        row.names.append((name, NameFlag.PREFERRED))
        yield row


def _is_telling(name: str) -> bool:
    """Only names that end in airport, base ...: "Smith" alone is a man, a town or a farm strip."""
    low = name.lower()
    return low not in _GENERIC and (
        any(word in low for word in ("airport", "air base", "airbase", "airfield", "air field", "aerodrome", "afb"))
    )
