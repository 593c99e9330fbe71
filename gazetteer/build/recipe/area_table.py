"""What is known of each area besides its shape: country, names, codes, label point, radius."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from gazetteer.build.generic import is_generic
from gazetteer.build.recipe.coverage import Piece
from gazetteer.build.recipe.packages import Feature
from gazetteer.build.recipe.tables import Override
from gazetteer.distance import distance_m
from gazetteer.errors import SourceError
from gazetteer.format import LANGUAGES
from gazetteer.place import LngLat

COLUMNS: tuple[str, ...] = ("key", "kind", "country", "iso_3166_2", "geonameid", "geonames_code", "type", "slug")
COLUMNS += ("lng", "lat", "radius_m", "line", *LANGUAGES, "other")
COUNTRY_COLUMNS = ("country", "lng", "lat", "radius_m")

_SECOND_LEVEL = frozenset(["BF", "ES", "FR", "GB", "GN", "IT", "MW", "PH", "UG"])
"""Countries whose areas here are GeoNames' second level (departments, provinces, boroughs): kind admin2."""
_ISO_3166_2 = re.compile(r"[A-Z]{2}-(?!X\d\d)[A-Z0-9]{1,3}")
_GEONAMES_CODE = re.compile(r"[A-Z]{2}\.[A-Z0-9]{1,4}")
_LABEL_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Label:
    """A point well inside an area, and the metres around it that hold the area."""

    point: LngLat
    radius_m: int


def label(geometry: Any) -> Label:
    """Give the middle of the largest circle in the largest part, and the distance to the farthest position."""
    part = max(shapely.get_parts(geometry), key=lambda polygon: (polygon.area, polygon.bounds))
    circle = shapely.maximum_inscribed_circle(part, tolerance=_LABEL_TOLERANCE)
    x, y = shapely.get_coordinates(circle)[0]
    point = LngLat(round(float(x), 4), round(float(y), 4))
    radius = max(distance_m(point, LngLat(x, y)) for x, y in shapely.get_coordinates(geometry))
    return Label(point, round(radius))


class Overridden:
    """What disputed.tsv says of single areas."""

    def __init__(self, overrides: Sequence[Override]) -> None:
        self._values: dict[tuple[str, str], str] = {}
        self._lines: list[tuple[str, str]] = []
        for override in overrides:
            if override.action == "line":
                self._lines.append((override.area, override.value))
            elif override.action not in ("carve", "fill", "merge"):
                if (override.area, override.action) in self._values:
                    raise SourceError(f"{override.where}: a second {override.action} of {override.area}; keep one")
                self._values[override.area, override.action] = override.value

    def value(self, area: str, action: str) -> str | None:
        """Give the value; empty when it says none (-), None when it says nothing."""
        value = self._values.get((area, action))
        return "" if value == "-" else value

    def line(self, area: str) -> str:
        """Give the neighbours to which its border is disputed; ``KOS*`` stands for every key that starts so."""
        found = [
            value
            for pattern, value in self._lines
            if area == pattern or (pattern.endswith("*") and area.startswith(pattern[:-1]))
        ]
        return ",".join(found)

    def check(self, keys: Iterable[str]) -> None:
        """Refuse rows about areas that are not there."""
        known = frozenset(keys)
        unknown = sorted({area for area, _ in self._values} - known)
        unknown += [a for a, _ in self._lines if a not in known and not any(k.startswith(a[:-1]) for k in known)]
        if unknown:
            raise SourceError(f"disputed.tsv: no area {', '.join(unknown)}; look for a typo, or drop the rows")


def countries(keys: Iterable[str], features: Mapping[str, Feature], overridden: Overridden) -> dict[str, str]:
    """Give the country of each area: ISO 3166-1 alpha-2, or empty."""
    found = {}
    for key in keys:
        country = overridden.value(key, "country")
        if country is None:
            if key not in features:
                raise SourceError(f"disputed.tsv: {key} has no country; add a row, - for none")
            country = features[key].country
        if country and not re.fullmatch("[A-Z]{2}", country):
            raise SourceError(f"{key}: {country!r} is no ISO 3166-1 alpha-2 code; add a country row to disputed.tsv")
        found[key] = country
    return found


def rows(
    pieces: Sequence[Piece], features: Mapping[str, Feature], overridden: Overridden, owner: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """Give a row of `COLUMNS` for each area."""
    ids = _unique_ids(pieces, features, overridden)
    kinds = _kinds(pieces, features, overridden, owner)
    shared = _shared_alternates(features, owner)
    for piece in pieces:
        key = piece.key
        feature = features.get(key)
        iso, geonameid = ids[key]
        at = label(piece.geometry)
        names = [_names(language, key, feature, overridden) for language in LANGUAGES]
        yield (
            key,
            kinds[key],
            owner[key],
            iso,
            geonameid,
            _geonames_code(key, feature, overridden),
            feature.type if feature else "",
            overridden.value(key, "slug") or "",
            f"{at.point.lng:.7g}",
            f"{at.point.lat:.7g}",
            str(at.radius_m),
            overridden.line(key),
            *("|".join(names_of) for names_of in names),
            "|".join(() if overridden.value(key, "name:en") else _other(feature, kinds[key], names, shared)),
        )


def _geonames_code(key: str, feature: Feature | None, overridden: Overridden) -> str:
    code = overridden.value(key, "code")
    if code is None:
        code = feature.geonames_code if feature else ""
    return code if _GEONAMES_CODE.fullmatch(code) else ""


def country_rows(pieces: Sequence[Piece], owner: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Give a row of `COUNTRY_COLUMNS` for each country."""
    by_country = defaultdict(list)
    for piece in pieces:
        if owner[piece.key]:
            by_country[owner[piece.key]].append(piece.geometry)
    for country in sorted(by_country):
        at = label(shapely.coverage_union_all(by_country[country]))
        yield (country, f"{at.point.lng:.7g}", f"{at.point.lat:.7g}", str(at.radius_m))


def _unique_ids(
    pieces: Sequence[Piece], features: Mapping[str, Feature], overridden: Overridden
) -> dict[str, tuple[str, str]]:
    """Give ISO 3166-2 code and GeoNames id: one that two areas have stays with the larger."""
    taken: set[str] = set()
    found = {}

    # rows of disputed.tsv come first, then areas that GeoNames has as a first-level area, then by size
    def order(piece: Piece) -> tuple[bool, bool, float, str]:
        feature = features.get(piece.key)
        told = overridden.value(piece.key, "iso") is not None
        return (not told, feature is None or feature.geonames_level != 1, -piece.geometry.area, piece.key)

    for piece in sorted(pieces, key=order):
        feature = features.get(piece.key)
        iso = overridden.value(piece.key, "iso")
        if iso is None:
            iso = feature.iso_3166_2 if feature and _ISO_3166_2.fullmatch(feature.iso_3166_2) else ""
        geonameid = overridden.value(piece.key, "geonames")
        if geonameid is None:
            geonameid = str(feature.geonameid) if feature and feature.geonameid else ""
        found[piece.key] = ("" if iso in taken else iso, "" if geonameid in taken else geonameid)
        taken |= {iso, geonameid}
    return found


def _kinds(
    pieces: Sequence[Piece], features: Mapping[str, Feature], overridden: Overridden, owner: Mapping[str, str]
) -> dict[str, str]:
    kinds = {}
    for piece in pieces:
        kind = overridden.value(piece.key, "kind")
        feature = features.get(piece.key)
        if kind is None and not (feature and feature.name):
            kind = "part"  # an islet or a sliver without a name
        kinds[piece.key] = kind or ("admin2" if owner[piece.key] in _SECOND_LEVEL else "admin1")
    # an only area is its country: Monaco has no first-level area that is not Monaco
    count = Counter(owner[key] for key, kind in kinds.items() if kind != "part")
    for key, kind in kinds.items():
        if kind in ("admin1", "admin2") and count[owner[key]] == 1 and not overridden.value(key, "slug"):
            kinds[key] = "part"
    return kinds


def _names(language: str, key: str, feature: Feature | None, overridden: Overridden) -> tuple[str, ...]:
    told = overridden.value(key, f"name:{language}")
    if told is not None:
        return tuple(name for name in told.split("|") if name)
    if feature is None or overridden.value(key, "names") is not None:
        return ()
    names = tuple(name for code, name in feature.names if code == language and not is_generic(name))
    if language != "en" or names:
        return names
    english = next((name for code, name in feature.names if code == "en"), feature.name)
    if not is_generic(english):
        return (english,)
    type_ = feature.type.split("|")[0] or "Region"
    return (type_ if type_.startswith(english) else f"{english} {type_}",)  # Federal District


def _shared_alternates(features: Mapping[str, Feature], owner: Mapping[str, str]) -> frozenset[str]:
    """Give alternate names that two areas of a country share: they name something larger (Apulia, the old Darfur)."""
    count = Counter((owner.get(key, ""), name) for key, feature in features.items() for name in set(feature.alternates))
    return frozenset(name for (_, name), times in count.items() if times > 1)


def _other(
    feature: Feature | None, kind: str, names: Sequence[tuple[str, ...]], shared: frozenset[str]
) -> tuple[str, ...]:
    if feature is None or kind == "part":
        return ()
    known = {name.casefold() for names_of in names for name in names_of}
    # the alternates of departments and provinces are often those of their region
    alternates = () if kind == "admin2" else feature.alternates
    good = [
        name
        for name in (feature.name, *alternates, feature.geonames_name)
        if name
        and "?" not in name
        and not name.endswith(".")
        and len(name) > 2  # noqa: PLR2004  WA, DC
        and not is_generic(name)
        and name not in shared
    ]
    return tuple(dict.fromkeys(name for name in good if name.casefold() not in known))
