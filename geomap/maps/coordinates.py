"""Where things are, as the page's script reads it: the marks of incidents, and the base map.

Lines of areas and of the base map are letters, each position the step from the one before it (`gazetteer.lines`);
several incidents at one point or in one area share one mark.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from gazetteer.base_map import BorderLine
from gazetteer.geometry import Geometry
from gazetteer.lines import Line, steps
from geomap.errors import MapError
from geomap.incident import Incident
from geomap.maps.basemap import BaseMap, Label
from geomap.maps.columns import UNKNOWN, Table, clean
from geomap.maps.shown import unwrapped
from geomap.shapes import is_approximate

MAX_LNG, MAX_LAT = 360.0, 90.0
"""Degrees. An area across the date line may go on past 180°."""
BASE_DECIMALS = 3
"""Thousandths of a degree are 110 m at the equator: finer than the embedded lines are."""
SMALL_AREA, SMALL_DECIMALS = 0.5, 5
"""Degrees. A smaller area (a camp, a buffer of some kilometres) is kept to 1e-5°, a larger one to 1e-3°."""


def marks_of(incidents: Sequence[Incident]) -> tuple[dict[str, Any], list[int]]:
    """Group incidents by where they are: areas first, the largest undermost, then points; -1 for nowhere."""
    keys: dict[int, Any] = {}  # one geometry object is compared once, however many incidents share it
    groups: dict[Any, list[int]] = {}
    for n, incident in enumerate(incidents):
        geometry = incident.geometry
        if geometry is None:
            continue
        key = keys.get(id(geometry))
        if key is None:
            key = keys[id(geometry)] = _place_key(geometry, incident.id)
        groups.setdefault(key, []).append(n)

    areas: list[tuple[float, list[int], dict[str, Any]]] = []
    points: list[list[int]] = []
    positions: list[int] = []
    for members in groups.values():
        geometry = incidents[members[0]].geometry
        if geometry is None:
            continue
        if geometry.type == "Point":
            (at,) = geometry.positions
            points.append(members)
            positions += (round(at.lng * 10**SMALL_DECIMALS), round(at.lat * 10**SMALL_DECIMALS))
        else:
            whole = unwrapped(geometry)
            west, south, east, north = whole.bounds
            decimals = SMALL_DECIMALS if max(east - west, north - south) < SMALL_AREA else BASE_DECIMALS
            rings = [[steps(ring, decimals) for ring in polygon] for polygon in whole.polygons]
            area = {"decimals": decimals, "area": rings}
            if any(incidents[n].places and is_approximate(incidents[n].places[0]) for n in members):
                area["rough"] = 1
            areas.append(((west - east) * (north - south), members, area))
    areas.sort(key=lambda mark: (mark[0], mark[1]))
    mark_of = [UNKNOWN] * len(incidents)
    for mark, members in enumerate([*(members for _, members, _ in areas), *points]):
        for n in members:
            mark_of[n] = mark
    return {"areas": [area for _, _, area in areas], "decimals": SMALL_DECIMALS, "points": positions}, mark_of


def _place_key(geometry: Geometry, incident: str) -> Any:
    for p in geometry.positions:
        if not (abs(p.lng) <= MAX_LNG and abs(p.lat) <= MAX_LAT):  # NaN fails every comparison
            raise MapError(
                f"incident {clean(incident)} lies at longitude {p.lng}, latitude {p.lat}, which is no place"
                " on Earth: positions are LngLat(lng, lat) in degrees"
            )
    if geometry.type == "Point":
        (at,) = geometry.positions
        return (round(at.lng, 5), round(at.lat, 5))
    return geometry


def _known(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def base_of(base: BaseMap) -> dict[str, Any]:
    """Give the base map: every line of one part has as many decimals as its finest."""
    decimals = _finest([*base.land, *(border.line for border in base.lines)])
    world = base.world
    far = _finest([*world.shores, *(border.line for border in world.borders)])
    return _known(
        decimals=decimals,
        land=[_letters(ring, decimals) for ring in base.land],
        lines=_lines(base.lines, decimals),
        box=None if base.box is None else [round(side, BASE_DECIMALS) for side in base.box],
        world={
            "decimals": far,
            "shores": [_letters(shore, far) for shore in world.shores],
            "lines": _lines(world.borders, far),
        },
        labels=_labels(base.labels),
    )


def _finest(lines: Iterable[Line]) -> int:
    return max((line.decimals for line in lines), default=BASE_DECIMALS)


def _letters(line: Line, decimals: int) -> str:
    return line.letters if line.decimals == decimals else steps(line.positions, decimals)


def _labels(labels: Iterable[Label]) -> dict[str, list[Any]]:
    table = Table(text="", lng=None, lat=None, kind="", country=None, local=None, metres=None)
    for label in sorted(labels, key=lambda label: (label.rank, label.text, label.at)):
        table.add(
            clean(label.text),
            round(label.at.lng, BASE_DECIMALS),
            round(label.at.lat, BASE_DECIMALS),
            label.kind,
            label.country,
            label.local and clean(label.local),
            label.metres and round(label.metres),
        )
    return table.columns()


def _lines(lines: Iterable[BorderLine], decimals: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.kind.value, []).append(_letters(line.line, decimals))
    return {kind: found[kind] for kind in sorted(found)}
