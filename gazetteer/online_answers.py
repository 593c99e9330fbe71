"""What Nominatim, Photon and Pelias answer → places: what it is, where, and how far around it the place may lie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from gazetteer.distance import distance_m
from gazetteer.place import LngLat, PlaceKind

_MOST_NAMES = 100
_LONGEST = 200
_LEAST_M = {
    PlaceKind.COUNTRY: 50_000.0,
    PlaceKind.ADMIN1: 20_000.0,
    PlaceKind.ADMIN2: 10_000.0,
    PlaceKind.REGION: 10_000.0,
    PlaceKind.SETTLEMENT: 1500.0,
    PlaceKind.DISTRICT: 1000.0,
    PlaceKind.SITE: 500.0,
    PlaceKind.WATER: 5000.0,
}
"""Radius where the server gives no box, or one smaller than such a place can be."""

_KINDS = {
    PlaceKind.COUNTRY: "country",
    PlaceKind.ADMIN1: "state province region dependency macroregion governorate",
    PlaceKind.ADMIN2: "county district_area municipality macrocounty localadmin state_district district",
    PlaceKind.SETTLEMENT: "city town village hamlet isolated_dwelling locality borough_town",
    PlaceKind.DISTRICT: "suburb quarter neighbourhood borough city_block city_district",
    PlaceKind.WATER: "sea ocean bay strait water river lake reservoir marinearea waterway canal wadi",
    PlaceKind.REGION: "island islet archipelago peninsula desert mountain_range ridge peak valley cape forest empire",
    PlaceKind.SITE: "aerodrome airport airfield base barracks checkpoint border_control dam bridge hospital prison "
    "military refugee_site industrial power plant oil_field mine port harbour embassy university camp venue",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_ADMIN_RANKS = ((4, PlaceKind.COUNTRY), (9, PlaceKind.ADMIN1), (13, PlaceKind.ADMIN2))
"""Nominatim's rank of an administrative boundary: up to 4 countries, 8 states, 12 counties, above cities."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One place of an answer.

    Attributes
    ----------
    id
        ``osm:relation/123`` or the server's own id.
    names
        All names that the answer tells, the display name first.
    category
        What the server calls it.
    radius_m
        Half the diagonal of the box it gives, at least what such a place has.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: PlaceKind
    category: str
    point: LngLat
    country: str | None
    radius_m: float


def answers_of(service: str, raws: Any) -> tuple[Answer, ...]:
    """Read the raw results of a service; what is no place on a map of events (streets, shops) is left out.

    Examples
    --------
    >>> raw = {"osm_type": "node", "osm_id": 7, "lat": "33.5", "lon": "44.1", "category": "place", "type": "village",
    ...        "name": "Xan", "address": {"country_code": "iq"}}
    >>> answers_of("nominatim", [raw, {"lat": "x"}, None])[0].kind.value
    'settlement'
    """
    read = {"nominatim": _nominatim, "photon": _photon, "pelias": _pelias}[service]
    found = (read(raw) for raw in raws if isinstance(raw, dict))
    return tuple(answer for answer in found if answer)


def _nominatim(raw: Mapping[str, Any]) -> Answer | None:
    details = _table(raw.get("namedetails"))
    display = _text(raw.get("name")) or _text(raw.get("display_name")).split(",")[0]
    kind = _KIND_OF.get(_text(raw.get("addresstype"))) or _KIND_OF.get(_text(raw.get("type")))
    if _text(raw.get("type")) == "administrative":
        rank = raw.get("place_rank")
        rank = rank if isinstance(rank, int) else 99
        kind = next((kind for most, kind in _ADMIN_RANKS if rank < most + (most == 4)), kind or PlaceKind.SETTLEMENT)  # noqa: PLR2004
    box = raw.get("boundingbox")
    corners = [_number(v) for v in box] if isinstance(box, list) and len(box) == 4 else []  # noqa: PLR2004 - four sides
    south, north, west, east = corners or (None,) * 4
    return _answer(
        osm=(raw.get("osm_type"), raw.get("osm_id")),
        names=[display, *(_text(value) for value in details.values())],
        kind=kind,
        category=f"{_text(raw.get('category') or raw.get('class'))} {_text(raw.get('type'))}".strip(),
        position=(_number(raw.get("lon")), _number(raw.get("lat"))),
        country=_table(raw.get("address")).get("country_code"),
        box=(west, south, east, north),
    )


_OSM = {"N": "node", "W": "way", "R": "relation"}


def _photon(raw: Mapping[str, Any]) -> Answer | None:
    told = _table(raw.get("properties"))
    extent = told.get("extent")
    west, north, east, south = (
        [_number(v) for v in extent] if isinstance(extent, list) and len(extent) == 4 else (None,) * 4  # noqa: PLR2004
    )
    kind = _KIND_OF.get(_text(told.get("osm_value"))) or (
        _KIND_OF.get(_text(told.get("type"))) if told.get("osm_key") in ("place", "boundary") else None
    )
    return _answer(
        osm=(_OSM.get(_text(told.get("osm_type"))), told.get("osm_id")),
        names=[_text(told.get("name"))],
        kind=kind,
        category=f"{_text(told.get('osm_key'))} {_text(told.get('osm_value'))}".strip(),
        position=_coordinates(raw),
        country=told.get("countrycode"),
        box=(west, south, east, north),
    )


def _pelias(raw: Mapping[str, Any]) -> Answer | None:
    told = _table(raw.get("properties"))
    box = raw.get("bbox")
    corners = tuple(_number(v) for v in box) if isinstance(box, list) and len(box) == 4 else (None,) * 4  # noqa: PLR2004
    return _answer(
        osm=("pelias", told.get("gid")),
        names=[_text(told.get("name"))],
        kind=_KIND_OF.get(_text(told.get("layer"))),
        category=_text(told.get("layer")),
        position=_coordinates(raw),
        country=told.get("country_code"),
        box=(corners[0], corners[1], corners[2], corners[3]),
    )


Box = tuple[float | None, float | None, float | None, float | None]


def _answer(  # noqa: PLR0913 - the parts of one answer
    *,
    osm: tuple[Any, Any],
    names: list[str],
    kind: PlaceKind | None,
    category: str,
    position: tuple[float | None, float | None],
    country: Any,
    box: Box,
) -> Answer | None:
    lng, lat = position
    kept = tuple(dict.fromkeys(name for name in names[:_MOST_NAMES] if name))
    if kind is None or lng is None or lat is None or not kept or not (-180 <= lng <= 180 and -90 <= lat <= 90):  # noqa: PLR2004
        return None
    point = LngLat(round(lng, 6), round(lat, 6))
    authority, number = osm
    local = f"{authority}/{number}" if authority and number is not None else f"{point.lat},{point.lng}"
    code = _text(country).upper()
    return Answer(
        id=f"osm:{local}" if authority != "pelias" else f"pelias:{_text(number)}",
        name=kept[0],
        names=kept,
        kind=kind,
        category=category,
        point=point,
        country=code if len(code) == 2 and code.isalpha() else None,  # noqa: PLR2004 - ISO 3166-1 alpha-2
        radius_m=round(max(_half_diagonal_m(box), _LEAST_M[kind])),
    )


def _half_diagonal_m(box: Box) -> float:
    west, south, east, north = box
    if west is None or south is None or east is None or north is None or west > east or south > north:
        return 0.0
    if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):  # noqa: PLR2004 - the globe
        return 0.0
    return distance_m(LngLat(west, south), LngLat(east, north)) / 2


def _coordinates(raw: Mapping[str, Any]) -> tuple[float | None, float | None]:
    pair = _table(raw.get("geometry")).get("coordinates")
    if not isinstance(pair, list) or len(pair) < 2:  # noqa: PLR2004 - longitude, latitude
        return None, None
    return _number(pair[0]), _number(pair[1])


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _printable(value)[:_LONGEST].strip() if isinstance(value, str) else ""


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def _number(value: Any) -> float | None:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and isfinite(number) else None


def record(answer: Answer) -> list[Any]:
    """Write an answer as plain values for the cache; `from_record` reads it."""
    return [answer.id, answer.name, list(answer.names), answer.kind.value, answer.category, *answer.point,
            answer.country, answer.radius_m]  # fmt: skip


def from_record(values: Any) -> Answer:
    """Read what `record` wrote.

    Raises
    ------
    ValueError
        It is something else.

    Examples
    --------
    >>> answer = Answer("osm:node/7", "Xan", ("Xan",), PlaceKind.SITE, "place", LngLat(44.1, 33.5), "IQ", 500.0)
    >>> from_record(record(answer)) == answer
    True
    """
    try:
        id_, name, names, kind, category, lng, lat, country, radius_m = values
        return Answer(
            str(id_), str(name), tuple(map(str, names)), PlaceKind(kind), str(category),
            LngLat(float(lng), float(lat)), str(country) if country else None, float(radius_m),
        )  # fmt: skip
    except TypeError as error:
        raise ValueError(str(error)) from None


def records(answers: tuple[Answer, ...]) -> Iterator[list[Any]]:
    """Write several answers."""
    return (record(answer) for answer in answers)
