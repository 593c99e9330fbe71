"""First-level areas, disputed areas and seas → rows of the build; and which first-level area holds a point."""

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from gazetteer.areas import Areas, create_area_tables
from gazetteer.build.areas import AdminArea, AreaNames, AreaSources, SeaArea, store_shape
from gazetteer.build.generic import is_generic
from gazetteer.build.rows import Row
from gazetteer.distance import distance_m
from gazetteer.format import NameFlag
from gazetteer.geometry import Bounds
from gazetteer.place import LngLat, PlaceKind

_GENERIC = {
    "ar": ("محافظة", "ولاية", "إقليم", "مقاطعة", "منطقة", "إمارة", "جهة"),
    "fa": ("استان", "ولایت"),
    "he": ("מחוז", "נפת"),
    "tr": ("ili", "eyaleti", "vilayeti"),
    "en": ("Governorate", "Province", "State", "Region", "Oblast", "District"),
}
"""Words for "governorate" that a name carries: the name without them is one too."""
_FEATURE = {PlaceKind.ADMIN1: "ADM1", PlaceKind.ADMIN2: "ADM2", PlaceKind.REGION: "RGN"}


def area_id(area: AdminArea) -> str:
    """Give the stable id of an area: its slug where disputed.tsv gives one, else ISO 3166-2, else Natural Earth's code.

    GeoNames ids of areas are kept out: Natural Earth's are wrong for some, and one may be a populated place's.
    """
    if area.slug:
        return f"disputed:{area.slug}"
    return f"admin1:{area.iso_3166_2}" if area.iso_3166_2 else f"ne:{area.key}"


def admin_rows(areas: Iterable[AdminArea], countries: Mapping[str, str]) -> Iterator[Row]:
    """Give the rows of first-level and disputed areas.

    Parameters
    ----------
    areas
        Of `AreaSources.admin_areas`.
    countries
        ISO code → id of the country.
    """
    for area in areas:
        row = Row(
            id=area_id(area),
            name=area.name,
            kind=area.kind,
            feature=_FEATURE[area.kind],
            point=area.point,
            country=area.country,
            parent=countries.get(area.country) if area.country else None,
            population=0,
            radius_m=area.radius_m,
            source="natural earth admin 1",
        )
        _name(row, area.names)
        yield row


def sea_rows(seas: Iterable[SeaArea]) -> Iterator[Row]:
    """Give the rows of named seas."""
    return (_water_row(sea, "sea", "natural earth marine areas") for sea in seas)


def water_rows(waters: Iterable[SeaArea]) -> Iterator[Row]:
    """Give the rows of rivers, canals and lakes."""
    for water in waters:
        drawn = water.feature in RIVERS
        yield _water_row(water, "water", "natural earth centrelines" if drawn else "own outline, coarse")


RIVERS = frozenset(["STM", "CNL"])
"""What is a line on the ground: nothing lies in it."""


def _water_row(sea: SeaArea, authority: str, source: str) -> Row:
    row = Row(
        id=f"{authority}:{sea.key}",
        name=sea.name,
        kind=PlaceKind.WATER,
        feature=sea.feature,
        point=sea.point,
        country=None,
        parent=None,
        population=0,
        radius_m=sea.radius_m,
        source=source,
    )
    _name(row, sea.names)
    return row


def _name(row: Row, names: Iterable[AreaNames]) -> None:
    for local in names:
        if local.language:
            row.display[local.language] = local.names[0]
        for written in local.names:
            name = _without_preposition(written)
            row.names.append((name, NameFlag.PREFERRED if local.language else NameFlag(0)))
            short = _without_generic(name, local.language)
            if short and not is_generic(short):
                row.names.append((short, NameFlag.PREFERRED))


_PREPOSITIONS = ("de ", "do ", "da ", "dos ", "das ", "del ", "di ")


def _without_preposition(name: str) -> str:
    """Give a name without the preposition that a cut "Região" leaves: "de Valparaíso" would hide "in Valparaíso".

    Examples
    --------
    >>> _without_preposition("de Valparaíso"), _without_preposition("Dili")
    ('Valparaíso', 'Dili')
    """
    return next((name.removeprefix(word) for word in _PREPOSITIONS if name.startswith(word)), name)


def _without_generic(name: str, language: str) -> str | None:
    """Give a name without its word for "governorate": محافظة الأنبار → الأنبار."""
    for word in _GENERIC.get(language, ()):
        if name.startswith(f"{word} "):
            return name.removeprefix(f"{word} ")
        if name.endswith(f" {word}"):
            return name.removesuffix(f" {word}")
    return None


class AdminLocator:
    """Says in which first-level or disputed area a point lies.

    Parameters
    ----------
    sources
        The committed areas.
    """

    def __init__(self, sources: AreaSources) -> None:
        self._connection = sqlite3.connect(":memory:")
        create_area_tables(self._connection)
        self._areas = [area for area in sources.admin_areas if area.country]
        for ordinal, area in enumerate(self._areas):
            store_shape(self._connection, ordinal, sources.area_shape(area.key))
        self._lookup = Areas(self._connection)
        self._disputed = [
            (area, sources.area_shape(area.key).full.bounds)
            for area in self._areas
            if area.slug or area.kind is PlaceKind.REGION
        ]

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()

    def id_of(self, point: LngLat, country: str | None) -> str | None:
        """Give the id of the area of a country that holds a point, None where none does."""
        for ordinal in self._lookup.containing(point):
            if self._areas[ordinal].country == country:
                return area_id(self._areas[ordinal])
        return None

    def disputed(self, point: LngLat) -> AdminArea | None:
        """Give the area of disputed.tsv that surely holds a point: with what lies 2 km around it.

        The shapes are true to some 500 m: Matan, just west of the line of 1949, lies in the West Bank by them.
        """
        box = Bounds(*point, *point)
        if not any(bounds.intersects(box) for _, bounds in self._disputed):
            return None
        around = [LngLat(point.lng + x, point.lat + y) for x, y in ((0, 0), *_AROUND)]
        found = {next(iter(self._lookup.containing(at)), None) for at in around}
        ordinal = found.pop()
        if found or ordinal is None:
            return None
        area = self._areas[ordinal]
        return area if area.slug or area.kind is PlaceKind.REGION else None


_AROUND = ((0.02, 0), (-0.02, 0), (0, 0.02), (0, -0.02))
"""Degrees, about 2 km."""


class DistrictLocator:
    """Says in which second-level area a point lies: the one that its nearest settlements are all filed under.

    Districts have no outlines here. Where the three nearest settlements agree the point is among them; where they do
    not it is near a border, and nothing is said.

    Parameters
    ----------
    settlements
        Rows whose parent is a second-level area.

    Examples
    --------
    >>> def town(name, lng): return Row(name, name, PlaceKind.SETTLEMENT, "PPL", LngLat(lng, 34), "IQ", "d", 0, 0, "")
    >>> locator = DistrictLocator([town("a", 43), town("b", 43.1), town("c", 43.05)])
    >>> locator.id_of(LngLat(43.04, 34.02), "IQ"), locator.id_of(LngLat(44, 34), "IQ")
    ('d', None)
    """

    def __init__(self, settlements: Iterable[Row]) -> None:
        self._cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
        for row in settlements:
            self._cells[self._cell(row.point)].append(row)

    @staticmethod
    def _cell(point: LngLat) -> tuple[int, int]:
        return math.floor(point.lng * _CELLS), math.floor(point.lat * _CELLS)

    def id_of(self, point: LngLat, country: str | None) -> str | None:
        """Give the id of the second-level area that holds a point, None where it is not sure."""
        x, y = self._cell(point)
        near = sorted(
            (distance, row.id, row.parent)
            for cell in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
            for row in self._cells.get(cell, ())
            if row.country == country and (distance := distance_m(point, row.point)) <= _NEAR_M
        )[:_WITNESSES]
        parents = {parent for _, _, parent in near}
        return parents.pop() if len(near) == _WITNESSES and len(parents) == 1 else None


_CELLS = 4  # a degree: cells of 28 km
_NEAR_M = 25_000
_WITNESSES = 3
