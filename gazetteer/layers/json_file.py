"""GeoJSON and Linked Places Format (LPF, GeoJSON with toponyms) → entries."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from gazetteer.errors import SourceError
from gazetteer.geometry import Geometry, polygon_geometry
from gazetteer.layers.csv_file import COLUMNS, split_names
from gazetteer.layers.problem import Problems, RowError
from gazetteer.layers.row import Entry, check_position
from gazetteer.place import LngLat

_MOST_POSITIONS = 200_000
"""Positions of one shape; Russia with all its islands has 40,000 in Natural Earth."""
_RING = 4
"""Positions of the smallest closed ring: a triangle and its first position again."""
_SHORT_CODE = 3


def entries(text: str, problems: Problems) -> Iterator[tuple[str, Entry]]:
    """Give the entries of a FeatureCollection (or one Feature, or one feature a line).

    Raises
    ------
    SourceError
        It is no GeoJSON.

    Examples
    --------
    >>> point = '{"type": "Point", "coordinates": [44, 33]}'
    >>> text = '{"type": "Feature", "properties": {"name": "Xan"}, "geometry": ' + point + "}"
    >>> [(where, entry.names, entry.point) for where, entry in entries(text, Problems("x.geojson"))]
    [('feature 1', (('Xan', ''),), LngLat(lng=44.0, lat=33.0))]
    """
    for number, feature in enumerate(_features(text, problems), 1):
        where = f"feature {number}"
        try:
            yield where, _entry(feature)
        except RowError as error:
            problems.add(where, error)


def _features(text: str, problems: Problems) -> Iterable[Any]:
    try:
        found = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise SourceError(f"{problems.file}: nested too deep for GeoJSON; write a FeatureCollection") from None
    except ValueError as error:
        lines = text.splitlines()
        if len(lines) > 1 and lines[0].strip().startswith("{") and lines[0].strip().endswith("}"):
            return _lines(lines, problems)
        raise SourceError(f"{problems.file}: no GeoJSON: {error}; write a FeatureCollection") from None
    features = found.get("features") if isinstance(found, dict) else None
    if isinstance(found, dict) and found.get("type") == "Feature":
        return [found]
    if not isinstance(features, list):
        raise SourceError(f"{problems.file}: no GeoJSON FeatureCollection: it has no list 'features'")
    return features


def _lines(lines: Sequence[str], problems: Problems) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield json.loads(line, parse_constant=_refuse)
            except (ValueError, RecursionError) as error:
                problems.add(f"line {number}", f"no JSON: {error}; write one Feature a line")


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number of JSON")


def _entry(feature: Any) -> Entry:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise RowError("no Feature with properties; see the GeoJSON standard, RFC 7946")
    properties: dict[str, Any] = {str(k).strip().lower(): v for k, v in feature["properties"].items()}
    point, shape = _geometry(feature.get("geometry"))
    return Entry(
        names=tuple(_names(feature, properties)),
        point=point,
        shape=shape,
        kind=_first(properties, "kind") or _lpf_type(feature.get("types")),
        country=_first(properties, "country") or _listed(properties.get("ccodes")) or None,
        id=_text(feature.get("@id") or feature.get("id")) or _first(properties, "id"),
        population=int(_figure(properties, "population") or 0),
        radius_m=_figure(properties, "radius_m"),
    )


def _names(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The main name first: name, title, name:ar, alternate names, then LPF's toponyms with their languages."""
    yield _first(properties, "name"), _text(properties.get("language") or properties.get("lang")).lower()
    for key, value in properties.items():
        head, _, language = key.replace("name_", "name:").partition(":")
        if head == "name" and 0 < len(language) <= _SHORT_CODE and language.isascii():
            yield _text(value), language
    for header in COLUMNS["names"].split():
        value = properties.get(header)
        if isinstance(value, list):
            yield from ((_text(name), "") for name in value)
        elif isinstance(value, str):
            yield from ((name, "") for name in split_names(value))
    toponyms = feature.get("names")
    for toponym in toponyms if isinstance(toponyms, list) else ():
        if isinstance(toponym, dict):
            yield _text(toponym.get("toponym")), _text(toponym.get("lang")).lower()


def _lpf_type(types: Any) -> str:
    """The label of the first type of LPF that is known, ``{"identifier": "aat:300008347", "label": "settlement"}``."""
    for kind in types if isinstance(types, list) else ():
        label = kind.get("label") or kind.get("sourceLabel") if isinstance(kind, dict) else None
        if isinstance(label, str):
            from gazetteer.layers.kinds import kind_of

            try:
                kind_of(label, has_shape=False)
            except RowError:
                continue  # a vocabulary has 1,700 types; those that are not known say nothing
            return label
    return ""


def _geometry(geometry: Any) -> tuple[LngLat | None, Geometry | None]:
    if not isinstance(geometry, dict):
        raise RowError("no geometry; give a Point or a Polygon")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        return _of_collection(geometry.get("geometries"))
    if kind == "Point":
        return _position(coordinates), None
    if kind == "MultiPoint" and isinstance(coordinates, list) and coordinates:
        return _position(coordinates[0]), None
    if kind == "Polygon":
        return None, polygon_geometry((_polygon(coordinates),))
    if kind == "MultiPolygon" and isinstance(coordinates, list) and coordinates:
        return None, polygon_geometry(tuple(_polygon(polygon) for polygon in coordinates))
    raise RowError(f"geometry {str(kind)[:40]!r} gives no place; give a Point or a Polygon")


def _of_collection(geometries: Any) -> tuple[LngLat | None, Geometry | None]:
    """LPF puts several geometries of one place into a collection: a polygon and a point are both taken."""
    point, shape, error = None, None, RowError("no geometry; give a Point or a Polygon")
    for geometry in geometries if isinstance(geometries, list) else ():
        if isinstance(geometry, dict) and geometry.get("type") == "GeometryCollection":
            continue
        try:
            found_point, found_shape = _geometry(geometry)
        except RowError as wrong:
            error = wrong
            continue
        point, shape = point or found_point, shape or found_shape
    if point is None and shape is None:
        raise error
    return point, shape


def _position(value: Any) -> LngLat:
    if not isinstance(value, list) or len(value) < 2 or not all(_is_number(number) for number in value[:2]):  # noqa: PLR2004
        raise RowError("a position is no pair of numbers; write [longitude, latitude]")
    position = LngLat(float(value[0]), float(value[1]))
    check_position(position)
    return position


def _polygon(rings: Any) -> tuple[tuple[LngLat, ...], ...]:
    if not isinstance(rings, list) or not rings:
        raise RowError("a polygon has no ring; give its corners")
    if sum(len(ring) for ring in rings if isinstance(ring, list)) > _MOST_POSITIONS:
        raise RowError(f"a polygon has more than {_MOST_POSITIONS:,} positions; simplify it")
    return tuple(_ring(ring, exterior=index == 0) for index, ring in enumerate(rings))


def _ring(ring: Any, *, exterior: bool) -> tuple[LngLat, ...]:
    if not isinstance(ring, list):
        raise RowError("a ring is no list of positions; write [[longitude, latitude], ...]")
    positions = tuple(_position(position) for position in ring)
    if positions and positions[0] != positions[-1]:
        positions = (*positions, positions[0])
    if len(positions) < _RING:
        raise RowError("a ring has fewer than three corners; give its outline")
    doubled = sum(a.lng * b.lat - b.lng * a.lat for a, b in pairwise(positions))
    return positions if (doubled > 0) == exterior else positions[::-1]


def _first(properties: Mapping[str, Any], column: str) -> str:
    for header in COLUMNS[column].split():
        text = _text(properties.get(header))
        if text:
            return text
    return ""


def _listed(value: Any) -> str:
    return _text(value[0]) if isinstance(value, list) and value else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _figure(properties: Mapping[str, Any], column: str) -> float | None:
    for header in COLUMNS[column].split():
        value = properties.get(header)
        if isinstance(value, str) and value.strip().replace(".", "", 1).isdigit():
            value = float(value)
        if value is not None and _is_number(value):
            return float(value)
        if value not in (None, ""):
            raise RowError(f"{column} {str(value)[:40]!r} is no number; write a plain number or leave it out")
    return None


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) and math.isfinite(value) or isinstance(value, int) and abs(value) < 10**12  # noqa: RUF021
