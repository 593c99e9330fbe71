"""The committed areas (``gazetteer/sources/derived/``) → rows, shapes, borders and land of the built gazetteer.

Standard library only: it runs when the wheel is built. What the files hold and how they were made is told by
``gazetteer/sources/derived/README.md``.
"""

import lzma
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path

from gazetteer.base_map import BorderKind
from gazetteer.build.topology import GRID, Polygon, Position, Topology, double_area, on_frame
from gazetteer.build.topology import Path as Line
from gazetteer.build.topology_file import load
from gazetteer.errors import SourceError
from gazetteer.format import LANGUAGES
from gazetteer.geometry import Geometry, bounds_of, encode, polygon_geometry
from gazetteer.place import LngLat, PlaceKind

DERIVED = Path(__file__).resolve().parent.parent / "sources" / "derived"


class Detail(IntEnum):
    """How fine the files of areas are."""

    WORLD = 0
    """Steps of about 0.15°."""
    REGION = 1
    """About 0.025°."""
    LOCAL = 2
    """About 0.005°."""


LEVEL_FILES = ("areas-world.topo", "areas-region.topo", "areas-local.topo")
"""In the order of `Detail`."""

_FEW = 500
"""Positions up to which a shape is drawn in full detail. Syria has 490 in full (8 KB of GeoJSON)."""
_MANY = 1200
"""Positions up to which it is drawn at the detail of a region; Turkey has 901 there."""
_WHOLE = 0.9
"""Share of its area that a coarser shape must keep: the Maldives are islets, and a coarser level drops islets."""
_TOO_MANY = 3000
"""Above this many positions a coarser shape is taken whatever it drops."""


@dataclass(frozen=True, slots=True)
class AreaNames:
    """The names of an area in one language, the one to show first."""

    language: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdminArea:
    """A first-level or second-level area, or a region that belongs to the table of disputed areas.

    Attributes
    ----------
    key
        Natural Earth's adm1_code, or the slug of an area that disputed.tsv makes.
    kind
        ADMIN1, ADMIN2 or REGION.
    country
        ISO 3166-1 alpha-2, or None.
    iso_3166_2
        Its code, or None; no two areas have the same.
    geonameid
        GeoNames id, or None; no two areas have the same.
    geonames_code
        Country and GeoNames admin1 code (``IQ.07``) as of Natural Earth, or empty; several areas may share it.
    slug
        Its stable name when disputed.tsv speaks of it as such (``golan-heights``), or None: ``disputed:SLUG``.
    type
        Governorate, Province ... in English, or empty.
    names
        By language, in the order of `gazetteer.format.LANGUAGES`; the language ``""`` holds further forms.
    point, radius_m
        A position inside it, and the metres around that hold it.
    """

    key: str
    kind: PlaceKind
    country: str | None
    iso_3166_2: str | None
    geonameid: int | None
    geonames_code: str
    slug: str | None
    type: str
    names: tuple[AreaNames, ...]
    point: LngLat
    radius_m: float

    @property
    def name(self) -> str:
        """The name to show in English."""
        return next(names.names[0] for names in sorted(self.names, key=lambda n: n.language != "en"))


@dataclass(frozen=True, slots=True)
class SeaArea:
    """A named sea, gulf, strait ... : ``feature`` is a GeoNames code (SEA, GULF ...), the rest as in AdminArea."""

    key: str
    feature: str
    names: tuple[AreaNames, ...]
    point: LngLat
    radius_m: float

    @property
    def name(self) -> str:
        """The name to show in English."""
        return next(names.names[0] for names in self.names if names.language == "en")


@dataclass(frozen=True, slots=True)
class CountryArea:
    """A country that has areas: its ISO 3166-1 alpha-2 code, a position inside its largest part, its radius."""

    country: str
    point: LngLat
    radius_m: float


@dataclass(frozen=True, slots=True)
class FeatureCode:
    """What cities500 of 2023 says of a populated place: feature code (PPL, PPLA2 ...), GeoNames admin1 and 2 codes."""

    geonameid: int
    feature: str
    admin1: str
    admin2: str


@dataclass(frozen=True, slots=True)
class Shape:
    """An area twice: ``drawn`` has some hundreds of positions, ``full`` all that we have, to test points."""

    drawn: Geometry
    full: Geometry


class AreaSources:
    """The committed areas, read when asked for.

    Parameters
    ----------
    folder
        Where the derived files are.

    Examples
    --------
    >>> sources = AreaSources()
    >>> [area.name for area in sources.admin_areas if area.slug == "golan-heights"]
    ['Golan Heights']
    >>> sources.country_shape("LS").drawn.type
    'Polygon'
    """

    def __init__(self, folder: Path = DERIVED) -> None:
        self._folder = folder

    @cached_property
    def admin_areas(self) -> tuple[AdminArea, ...]:
        """Every area that is a place: nameless islets and areas that are their whole country are left out."""
        return tuple(
            AdminArea(
                key=row["key"],
                kind=PlaceKind(row["kind"]),
                country=row["country"] or None,
                iso_3166_2=row["iso_3166_2"] or None,
                geonameid=int(row["geonameid"]) if row["geonameid"] else None,
                geonames_code=row["geonames_code"],
                slug=row["slug"] or None,
                type=row["type"],
                names=_names(row, (*LANGUAGES, "other")),
                point=_point(row),
                radius_m=float(row["radius_m"]),
            )
            for row in self._rows
            if row["kind"] != "part"
        )

    @cached_property
    def seas(self) -> tuple[SeaArea, ...]:
        """Every named sea."""
        return tuple(
            SeaArea(row["key"], row["feature"], _names(row, LANGUAGES), _point(row), float(row["radius_m"]))
            for row in self.table("seas.tsv.xz")
        )

    @cached_property
    def waters(self) -> tuple[SeaArea, ...]:
        """Every river, canal and lake."""
        return tuple(
            SeaArea(row["key"], row["feature"], _names(row, LANGUAGES), _point(row), float(row["radius_m"]))
            for row in self.table("waters.tsv.xz")
        )

    @cached_property
    def countries(self) -> tuple[CountryArea, ...]:
        """Every country that has areas, by code."""
        return tuple(
            CountryArea(row["country"], _point(row), float(row["radius_m"])) for row in self.table("countries.tsv.xz")
        )

    def feature_codes(self) -> Iterator[FeatureCode]:
        """Give feature, admin1 and admin2 codes of places by GeoNames id; those not named are plain PPL."""
        for row in self.table("features.tsv.xz"):
            yield FeatureCode(int(row["geonameid"]), row["feature"] or "PPL", row["admin1"], row["admin2"])

    def tagged_names(self) -> dict[int, dict[str, str]]:
        """Give the preferred names of places by language: GeoNames id → language → name."""
        return {
            int(row["geonameid"]): {language: row[language] for language in LANGUAGES if row[language]}
            for row in self.table("names.tsv.xz")
        }

    def area_shape(self, *keys: str) -> Shape:
        """Give the shape of an area, or of several taken together (Donbas: two oblasts)."""
        unknown = [key for key in keys if key not in self._levels[Detail.LOCAL]]
        if unknown or not keys:
            raise SourceError(f"no area {', '.join(unknown) or 'given'}; the keys are those of AreaSources.admin_areas")
        full = drawn = self._levels[Detail.LOCAL].dissolve(keys)
        for level, most in ((Detail.REGION, _FEW), (Detail.WORLD, _MANY)):
            if _count(drawn) <= most:
                break
            topology = self._levels[level]
            coarser = topology.dissolve(key for key in keys if key in topology)
            if _size(coarser) < _WHOLE * _size(full) and _count(drawn) <= _TOO_MANY:
                break
            drawn = coarser or drawn
        return Shape(_geometry(drawn), _geometry(full))

    def country_shape(self, country: str) -> Shape:
        """Give the shape of a country: all its areas, those that disputed.tsv files under it among them."""
        keys = self._keys_of_countries.get(country)
        if keys is None:
            raise SourceError(f"no country {country!r} among the areas; use ISO 3166-1 alpha-2")
        return self.area_shape(*keys)

    def sea_shape(self, key: str) -> Shape:
        """Give the shape of a sea."""
        if key not in self._seas:
            raise SourceError(f"no sea {key!r}; the keys are those of AreaSources.seas")
        geometry = _geometry(self._seas.polygons(key))
        return Shape(geometry, geometry)

    def water_shape(self, key: str) -> Geometry:
        """Give the shape of a river (a band along its line), canal or lake."""
        if key not in self._waters:
            raise SourceError(f"no water {key!r}; the keys are those of AreaSources.waters")
        return _geometry(self._waters.polygons(key))

    def border_lines(self, level: Detail) -> Iterator[tuple[BorderKind, tuple[LngLat, ...]]]:
        """Give the lines of a level: coasts, country borders, disputed lines, and first-level borders but for WORLD."""
        topology = self._levels[level]
        groups: dict[tuple[BorderKind, str], list[Line]] = defaultdict(list)
        for arc, owners in zip(topology.arcs, topology.owners(), strict=True):
            if on_frame(arc[0], arc[1]):
                continue
            rows = [self._row_of[topology.areas[owner].key] for owner in owners]
            kind = _kind(rows)
            if kind is BorderKind.ADMIN1 and level is Detail.WORLD:
                continue
            groups[kind, "|".join(sorted({row["country"] for row in rows}))].append(arc)
        for (kind, _), arcs in sorted(groups.items()):
            for line in _chained(arcs):
                yield kind, tuple(map(_lng_lat, line))

    def land(self, level: Detail) -> Geometry:
        """Give all land of a level, neighbours joined."""
        topology = self._levels[level]
        return _geometry(topology.dissolve(area.key for area in topology.areas))

    @cached_property
    def _rows(self) -> tuple[dict[str, str], ...]:
        return tuple(self.table("areas.tsv.xz"))

    @cached_property
    def _row_of(self) -> dict[str, dict[str, str]]:
        return {row["key"]: row for row in self._rows}

    @cached_property
    def _keys_of_countries(self) -> dict[str, list[str]]:
        keys: dict[str, list[str]] = defaultdict(list)
        for row in self._rows:
            if row["country"]:
                keys[row["country"]].append(row["key"])
        return dict(keys)

    @cached_property
    def _levels(self) -> tuple[Topology, ...]:
        return tuple(load(self._read(name), name) for name in LEVEL_FILES)

    @cached_property
    def _seas(self) -> Topology:
        return load(self._read("seas.topo"), "seas.topo")

    @cached_property
    def _waters(self) -> Topology:
        return load(self._read("waters.topo"), "waters.topo")

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            raise SourceError(f"{self._folder / name}: not there; restore it from the repository") from None

    def table(self, name: str) -> Iterator[dict[str, str]]:
        """Give the rows of a derived table (``districts.tsv.xz``), by column."""
        try:
            lines = lzma.decompress(self._read(name)).decode().splitlines()
        except (lzma.LZMAError, UnicodeDecodeError) as error:
            raise SourceError(f"{self._folder / name}: damaged ({error}); restore it from the repository") from error
        columns = lines[0].split("\t")
        for line in lines[1:]:
            yield dict(zip(columns, line.split("\t"), strict=True))


def store_shape(connection: sqlite3.Connection, ordinal: int, shape: Shape | Geometry) -> None:
    """Store the shape of a place: a `Shape` of these sources, or a Geometry drawn by hand."""
    drawn, full = (shape.drawn, shape.full) if isinstance(shape, Shape) else (shape, shape)
    _store(connection, ordinal, drawn, full)
    connection.executemany(
        "INSERT INTO area_parts (ordinal, min_lng, min_lat, max_lng, max_lat, shape) VALUES (?, ?, ?, ?, ?, ?)",
        [(ordinal, *bounds_of(p[0]), encode(Geometry("Polygon", p))) for p in full.polygons],
    )


def store_drawn(connection: sqlite3.Connection, ordinal: int, shape: Geometry) -> None:
    """Store the shape of a river: it is drawn, but no place lies in it, so points are not tested against it."""
    _store(connection, ordinal, shape, shape)


def _store(connection: sqlite3.Connection, ordinal: int, drawn: Geometry, full: Geometry) -> None:
    extent = sum(_extent(polygon) for polygon in full.polygons)
    connection.execute(
        "INSERT INTO areas VALUES (?, ?, ?, ?, ?, ?, ?)", (ordinal, *drawn.bounds, extent, encode(drawn))
    )


def _extent(polygon: Sequence[Sequence[LngLat]]) -> float:
    """Give the area of a polygon in square degrees, good enough to tell which of two is smaller."""
    rings = [tuple((round(lng * GRID), round(lat * GRID)) for lng, lat in ring) for ring in polygon]
    return sum(double_area(ring) for ring in rings) / (2 * GRID * GRID)


def _count(polygons: Iterable[Polygon]) -> int:
    return sum(len(ring) for polygon in polygons for ring in polygon)


def _size(polygons: Iterable[Polygon]) -> int:
    return sum(double_area(ring) for polygon in polygons for ring in polygon)


def _kind(rows: Sequence[dict[str, str]]) -> BorderKind:
    if len(rows) == 1:
        return BorderKind.COAST
    one, other = rows
    if _disputes(one, other) or _disputes(other, one):
        return BorderKind.DISPUTED
    return BorderKind.ADMIN1 if one["country"] == other["country"] else BorderKind.COUNTRY


def _disputes(one: dict[str, str], other: dict[str, str]) -> bool:
    return any(word in ("*", other["country"], other["key"]) for word in one["line"].split(",") if word)


def _chained(arcs: Iterable[Line]) -> Iterator[Line]:
    """Join lines that meet end to end, where no third one does."""
    ends: dict[Position, list[Line]] = defaultdict(list)
    arcs = list(arcs)
    for arc in arcs:
        ends[arc[0]].append(arc)
        ends[arc[-1]].append(arc)
    done: set[Line] = set()
    # lines that begin at a real end first: what is left after them runs in circles
    for arc in sorted(arcs, key=lambda a: len(ends[a[0]]) == len(ends[a[-1]]) == 2):  # noqa: PLR2004
        if arc in done:
            continue
        done.add(arc)
        line = list(arc)
        for _ in range(2):
            while line[0] != line[-1] and len(ends[line[-1]]) == 2:  # noqa: PLR2004
                following = next((a for a in ends[line[-1]] if a not in done), None)
                if following is None:
                    break
                done.add(following)
                line.extend(following[1:] if following[0] == line[-1] else following[-2::-1])
            line.reverse()
        yield tuple(line)


def _geometry(polygons: Iterable[Polygon]) -> Geometry:
    return polygon_geometry(tuple(tuple(tuple(map(_lng_lat, ring)) for ring in polygon) for polygon in polygons))


def _lng_lat(position: Position) -> LngLat:
    return LngLat(position[0] / GRID, position[1] / GRID)


def _names(row: dict[str, str], columns: Iterable[str]) -> tuple[AreaNames, ...]:
    return tuple(
        AreaNames("" if column == "other" else column, tuple(row[column].split("|")))
        for column in columns
        if row[column]
    )


def _point(row: dict[str, str]) -> LngLat:
    return LngLat(float(row["lng"]), float(row["lat"]))
