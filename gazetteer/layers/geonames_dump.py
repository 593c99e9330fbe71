"""A dump of GeoNames (allCountries.txt, IQ.txt: 19 columns parted by tabs; or the .zip of it) → checked rows.

Read line by line, so the 12 million rows of the world need no memory. Two passes: countries and first-level areas
first, then what lies in them, so that a row's parent is already numbered when the row is written.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from gazetteer.build.geonames import is_name, settlement_radius_m
from gazetteer.build.rows import Row
from gazetteer.errors import SourceError
from gazetteer.format import NameFlag
from gazetteer.layers.kinds import RADIUS_M, kind_of_code
from gazetteer.layers.problem import Problems, RowError
from gazetteer.layers.row import LONGEST_NAME, MOST_NAMES, LayerRow, check_position, clean_name
from gazetteer.place import LngLat, PlaceKind

COLUMNS = 19
"""geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code, country code, cc2,
admin1, admin2, admin3, admin4, population, elevation, dem, timezone, modification date."""
_LONGEST_LINE = 100_000
"""Characters; the longest line of the dump (Jerusalem's) has 4,000."""
_MOST_EXPANDED = 8 * 1024**3
"""Bytes that a zip may unpack to: five times today's dump."""
_LARGE_WATERS = frozenset({"SEA", "GULF", "STRT", "OCN", "BAY", "CHN"})
_SMALL_M = 5000.0
"""Radius of a feature without a size, such as a stream, a hill or a farm's land."""


def looks_like_dump(line: str) -> bool:
    r"""Whether a line is a row of a GeoNames dump.

    Examples
    --------
    >>> looks_like_dump("name,lat,lon"), looks_like_dump("\t".join(["98182"] + ["x"] * 18))
    (False, True)
    """
    cells = line.split("\t")
    return len(cells) == COLUMNS and cells[0].isdecimal()


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """Open a dump, or the one in a zip.

    Raises
    ------
    SourceError
        It can't be read, or the zip holds none.
    """
    try:
        if path.suffix.lower() != ".zip":
            with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
                yield file
            return
        with zipfile.ZipFile(path) as archive:
            inner = max(
                (i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename.lower()),
                key=lambda i: i.file_size,
                default=None,
            )
            if inner is None or inner.file_size > _MOST_EXPANDED:
                raise SourceError(f"{path.name}: holds no GeoNames dump (a .txt with 19 columns) of at most 8 GB")
            with (
                archive.open(inner) as raw,
                io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file,
            ):
                yield file
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, RuntimeError) as error:
        raise SourceError(f"{path}: can't be read: {error}; check the path, or download it again") from None


def rows(path: Path, problems: Problems) -> Iterator[LayerRow]:
    """Give the rows of a dump: countries and first-level areas first.

    Parameters
    ----------
    path
        The .txt or .zip.
    problems
        Where bad rows are noted by line.
    """
    areas = list(_pass(path, {}, None, areas=True))
    countries = {row.country: row.id for row in reversed(areas) if row.kind is PlaceKind.COUNTRY and row.country}
    parents = dict(countries)
    for row in areas:
        if row.kind is PlaceKind.ADMIN1 and row.country:
            code, row.parent = row.parent, countries.get(row.country)  # `_row` left its own code there
            parents.setdefault(f"{row.country}.{code}", row.id)
    for row in areas:
        if row.kind is PlaceKind.COUNTRY:
            row.parent = None
    yield from (LayerRow(row) for row in sorted(areas, key=lambda row: row.kind is PlaceKind.ADMIN1))
    yield from (LayerRow(row) for row in _pass(path, parents, problems, areas=False))


def _pass(path: Path, parents: dict[str, str], problems: Problems | None, *, areas: bool) -> Iterator[Row]:
    """Read the dump once: the areas, or the rest. Both passes see a bad line; the one with ``problems`` tells."""
    with opened(path) as file:
        for number, line in enumerate(_lines(file), 1):
            try:
                row = _row(line, path.name, parents, areas=areas)
            except RowError as error:
                if problems:
                    problems.add(f"line {number}", error)
                continue
            if row:
                yield row


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        yield line
        while not line.endswith("\n") and line:  # the rest of a line that is no row of a dump
            line = file.readline(_LONGEST_LINE)


def _row(line: str, label: str, parents: dict[str, str], *, areas: bool) -> Row | None:
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != COLUMNS:
        if not line.strip() or line.startswith("#"):
            return None
        raise RowError(f"{len(cells)} columns instead of the {COLUMNS} of a GeoNames dump; mend or remove the line")
    geonameid, name, ascii_name, alternates, lat, lng, feature_class, code, country, _, admin1 = cells[:11]
    found = kind_of_code(feature_class, code)
    if found is None:
        return None
    kind, feature = found
    if (kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1)) != areas:
        return None
    if not geonameid.isdecimal():
        raise RowError(f"geonameid {geonameid[:40]!r} is no number; mend or remove the line")
    try:
        point, population = LngLat(float(lng), float(lat)), int(cells[14] or 0)
    except ValueError:
        raise RowError("latitude, longitude or population is no number; mend or remove the line") from None
    check_position(point)
    row = Row(
        id=f"geonames:{geonameid}",
        name=clean_name(name),
        kind=kind,
        feature=feature,
        point=LngLat(round(point.lng, 6), round(point.lat, 6)),
        country=country or None,
        parent=admin1 if areas else parents.get(f"{country}.{admin1}") or parents.get(country),
        population=max(population, 0),
        radius_m=_radius_m(kind, feature, population),
        source=f"geonames dump {label}",
    )
    _name(row, (name, ascii_name), alternates)
    return row


def _name(row: Row, main: tuple[str, str], alternates: str) -> None:
    row.names += [(row.name, NameFlag.PREFERRED)]
    for name in dict.fromkeys((main[1], *alternates.split(",")[:MOST_NAMES])):
        if name and name != row.name and len(name) <= LONGEST_NAME and is_name(name):
            try:
                row.names.append((clean_name(name), NameFlag(0)))
            except RowError:
                continue  # one odd alternate name among many says nothing of the row


def _radius_m(kind: PlaceKind, feature: str, population: int) -> float:
    if kind is PlaceKind.SETTLEMENT:
        return settlement_radius_m(max(population, 0))
    if kind in (PlaceKind.WATER, PlaceKind.REGION) and feature not in _LARGE_WATERS:
        return _SMALL_M
    return RADIUS_M[kind]
