"""First-level areas, disputed areas and seas → rows of the build; and which first-level area holds a point."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from gazetteer.areas import Areas, create_area_tables
from gazetteer.build.areas import AdminArea, AreaNames, AreaSources, SeaArea, store_shape
from gazetteer.build.generic import is_generic
from gazetteer.build.rows import Row
from gazetteer.format import NameFlag
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
    for sea in seas:
        row = Row(
            id=f"sea:{sea.key}",
            name=sea.name,
            kind=PlaceKind.WATER,
            feature=sea.feature,
            point=sea.point,
            country=None,
            parent=None,
            population=0,
            radius_m=sea.radius_m,
            source="natural earth marine areas",
        )
        _name(row, sea.names)
        yield row


def _name(row: Row, names: Iterable[AreaNames]) -> None:
    for local in names:
        if local.language:
            row.display[local.language] = local.names[0]
        for name in local.names:
            row.names.append((name, NameFlag.PREFERRED if local.language else NameFlag(0)))
            short = _without_generic(name, local.language)
            if short and not is_generic(short):
                row.names.append((short, NameFlag.PREFERRED))


def _without_generic(name: str, language: str) -> str | None:
    """Give a name without its word for "governorate": محافظة الأنبار → الأنبار."""
    for word in _GENERIC.get(language, ()):
        if name.startswith(f"{word} "):
            return name.removeprefix(f"{word} ")
        if name.endswith(f" {word}"):
            return name.removesuffix(f" {word}")
    return None


class AdminLocator:
    """Says in which first-level area a point lies.

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

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()

    def id_of(self, point: LngLat, country: str | None) -> str | None:
        """Give the id of the area of a country that holds a point, None where none does."""
        for ordinal in self._lookup.containing(point):
            if self._areas[ordinal].country == country:
                return area_id(self._areas[ordinal])
        return None
