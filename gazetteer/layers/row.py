"""One place of a file, checked: what every reader makes of a line or a feature before it is compiled."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, isfinite, radians, sqrt

from gazetteer.build.geonames import settlement_radius_m
from gazetteer.build.rows import Row
from gazetteer.format import OWN, NameFlag
from gazetteer.geometry import Geometry
from gazetteer.layers.kinds import RADIUS_M, kind_of
from gazetteer.layers.problem import RowError
from gazetteer.names import fold
from gazetteer.place import LngLat, PlaceKind

LONGEST_NAME = 90
"""Folded letters of a name that a scan of a text still finds; the longest name of the built-in gazetteer has 88."""
MOST_NAMES = 500
"""Names of one place; Jerusalem has 300 in GeoNames."""
_LARGEST_M = 10_000_000.0
_INVISIBLE = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_FORMULA = ("=", "+", "-", "@", "\t")
_M_PER_DEGREE = 111_195.0
_ISO = re.compile(r"[A-Z]{2}")
_ID = re.compile(r"[\w.:/#?=&%~-]{1,200}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reader found in a file for one place, as written there.

    Attributes
    ----------
    names
        (name, language or "") the main name first.
    point
        Its position; None where only a shape says it.
    shape
        Its polygon, or None.
    kind
        What it is called there: ``village``, ``PPLC``, ``airport``; empty when the file does not say.
    country
        ISO 3166-1 alpha-2, or None.
    """

    names: tuple[tuple[str, str], ...]
    point: LngLat | None
    shape: Geometry | None = None
    kind: str = ""
    country: str | None = None
    id: str = ""
    population: int = 0
    radius_m: float | None = None


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A checked row, ready to be compiled, with its shape."""

    row: Row
    shape: Geometry | None = None


def checked(entry: Entry, layer: str, where: str) -> LayerRow:
    """Check an entry and make a row of it.

    Parameters
    ----------
    entry
        What the file says.
    layer
        Short name of the file: the authority of its ids.
    where
        ``villages.csv, line 7``: the place's source.

    Raises
    ------
    RowError
        Says what is wrong and the cure.
    """
    names = _names(entry.names)
    point = entry.point or _middle(entry.shape)
    if point is None:
        raise RowError("no position; give lat and lon in degrees")
    check_position(point)
    kind, feature = kind_of(entry.kind, has_shape=entry.shape is not None)
    if entry.country and not _ISO.fullmatch(entry.country):
        raise RowError(f"country {entry.country[:40]!r} is not known; write its ISO 3166-1 code, such as IQ")
    row = Row(
        id=_id(entry, layer, names[0][0], point),
        name=names[0][0],
        kind=kind,
        feature=feature,
        point=LngLat(round(point.lng, 6), round(point.lat, 6)),
        country=entry.country,
        parent=None,
        population=_population(entry.population),
        radius_m=_radius_m(entry, kind),
        source=f"{OWN}{where}",
    )
    for name, language in names:
        row.names.append((name, NameFlag.PREFERRED))
        if language:
            row.display.setdefault(language, name)
    return LayerRow(row, entry.shape)


def check_position(point: LngLat) -> None:
    """Refuse a position off the globe, and say when lat and lon look swapped.

    Examples
    --------
    >>> check_position(LngLat(44.4, 33.3))
    >>> check_position(LngLat(33.3, 144.4))
    Traceback (most recent call last):
    gazetteer.layers.problem.RowError: lat 144.4 is not between -90 and 90; lat and lon look swapped: swap them
    """
    lng, lat = point
    if not (isfinite(lng) and isfinite(lat)):
        raise RowError("lat or lon is no finite number; write degrees such as 33.31")
    if not -90 <= lat <= 90:  # noqa: PLR2004 - the poles
        swaps = abs(lng) <= 90 and abs(lat) <= 180  # noqa: PLR2004 - the other way round they would be degrees
        swapped = "lat and lon look swapped: swap them" if swaps else "write degrees of WGS 84"
        raise RowError(f"lat {lat:g} is not between -90 and 90; {swapped}")
    if not -180 <= lng <= 180:  # noqa: PLR2004 - the antimeridian
        raise RowError(f"lon {lng:g} is not between -180 and 180; write degrees of WGS 84")


def clean_name(name: str) -> str:
    """Give a name without invisible marks of direction and double spaces.

    Raises
    ------
    RowError
        It holds control characters, begins like a formula, is too long or has no letter.

    Examples
    --------
    >>> clean_name("  Ain  al-Asad ")
    'Ain al-Asad'
    """
    if _CONTROL.search(name):
        raise RowError(f"name {name[:40]!r} holds control characters; remove them")
    cleaned = " ".join(name.translate(_INVISIBLE).split())
    if cleaned.startswith(_FORMULA):
        raise RowError(f"name {cleaned[:40]!r} begins like a formula of a spreadsheet; remove the sign in front")
    if len(cleaned) > 4 * LONGEST_NAME or (len(cleaned) > LONGEST_NAME // 2 and len(fold(cleaned)) > LONGEST_NAME):
        raise RowError(f"name {cleaned[:40]!r}... has more than {LONGEST_NAME} letters; shorten it")
    if not any(c.isalpha() for c in cleaned):
        raise RowError(f"name {cleaned[:40]!r} has no letter; give the name that texts use")
    return cleaned


def _names(written: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    kept: dict[tuple[str, str], None] = {}
    for name, language in written:
        if name.strip():
            kept.setdefault((clean_name(name), language), None)
        if len(kept) > MOST_NAMES:
            raise RowError(f"more than {MOST_NAMES} names; keep those that texts use")
    if not kept:
        raise RowError("no name; fill the column name")
    return list(kept)


def _id(entry: Entry, layer: str, name: str, point: LngLat) -> str:
    if entry.id:
        if not _ID.fullmatch(entry.id):
            raise RowError(f"id {entry.id[:40]!r} has other signs than letters, digits and .:/_-; write it with those")
        return entry.id if ":" in entry.id else f"{layer}:{entry.id}"
    digest = hashlib.sha256(f"{name}\0{point.lng:.6f}\0{point.lat:.6f}".encode()).hexdigest()
    return f"{layer}:{digest[:12]}"


def _population(number: int) -> int:
    if not 0 <= number <= 10**10:
        raise RowError(f"population {number} is no number of people; write a whole number or leave it empty")
    return number


def _radius_m(entry: Entry, kind: PlaceKind) -> float:
    if entry.radius_m is not None:
        if not (isfinite(entry.radius_m) and 0 < entry.radius_m <= _LARGEST_M):
            raise RowError(f"radius_m {entry.radius_m:g} is no radius; write metres, such as 2000, or leave it empty")
        return entry.radius_m
    if entry.shape is not None and entry.shape.type != "Point":
        box = entry.shape.bounds
        high = (box.max_lat - box.min_lat) * _M_PER_DEGREE
        wide = (box.max_lng - box.min_lng) * _M_PER_DEGREE * cos(radians((box.max_lat + box.min_lat) / 2))
        return round(max(sqrt(high * high + wide * wide) / 2, 1.0))
    if kind is PlaceKind.SETTLEMENT:
        return settlement_radius_m(entry.population)
    return RADIUS_M[kind]


def _middle(shape: Geometry | None) -> LngLat | None:
    if shape is None:
        return None
    box = shape.bounds
    return LngLat((box.min_lng + box.max_lng) / 2, (box.min_lat + box.max_lat) / 2)
