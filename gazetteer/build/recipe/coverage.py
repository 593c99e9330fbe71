"""Polygons of areas → one clean coverage on a grid, at three levels of detail.

Natural Earth's areas overlap and leave gaps of some metres between them. Here they are put on a grid of about 100 m,
cleaned so that neighbours share their border exactly, and simplified all together, so that they still do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from gazetteer.build.recipe.tables import Override
from gazetteer.build.topology import GRID, Polygon, Topology, cut
from gazetteer.errors import SourceError

_GAP_WIDTH = 0.02
"""Gaps narrower than this many degrees are closed: the widest real one between neighbours is 0.3° (Patagonian ice)."""
_SLACK = 0.3
"""Share of its size that cleaning may add to or take from an area; small ones overlap much of their neighbours."""
LEVELS = (
    # tolerance in degrees, landmasses smaller than this many square degrees are left out
    (0.15, 0.05),
    (0.025, 0.002),
    (0.005, 0.0),
)
"""World, region, local: the `gazetteer.areas.Detail` of each is its place in this tuple."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An area on its way through the recipe."""

    key: str
    geometry: Any
    """A shapely Polygon or MultiPolygon."""


def build(pieces: Iterable[Piece], overrides: Sequence[Override], *, grid: int = GRID) -> tuple[Piece, ...]:
    """Apply what changes shapes (carve, fill, merge) and make one clean coverage on the grid, ordered by key."""
    shapes = {piece.key: shapely.make_valid(piece.geometry) for piece in pieces}
    for override in overrides:
        if override.action in ("carve", "merge") and override.area not in shapes:
            raise SourceError(f"{override.where}: no area {override.area}; look for a typo or a row out of order")
        if override.action == "carve":
            target, _, wkt = override.value.partition(" ")
            _carve(shapes, override.area, target, shapely.from_wkt(wkt), override.where)
    keys = sorted(shapes)
    clean = _clean(np.array([shapes[key] for key in keys]), 1 / grid)
    cleaned = dict(zip(keys, clean, strict=True))
    for override in overrides:
        if override.action == "fill":
            hole = _hole_at(cleaned.values(), shapely.from_wkt(override.value), override.where)
            cleaned[override.area] = shapely.union(cleaned[override.area], hole) if override.area in cleaned else hole
    parts = defaultdict(list)
    targets = {override.area: override.value for override in overrides if override.action == "merge"}
    for key, geometry in cleaned.items():
        parts[targets.get(key, key)].append(geometry)
    return tuple(Piece(key, shapely.coverage_union_all(parts[key])) for key in sorted(parts))


def _carve(shapes: dict[str, Any], source: str, target: str, knife: Any, where: str) -> None:
    taken = _polygonal(shapely.intersection(shapes[source], knife))
    if shapely.is_empty(taken):
        raise SourceError(f"{where}: the polygon does not touch {source}; mend its positions (lng lat)")
    shapes[source] = _polygonal(shapely.difference(shapes[source], knife))
    # not united: what two carves give to each other touches along a line that the cleaning takes care of
    shapes[target] = _polygonal(shapely.union(shapes[target], taken)) if target in shapes else taken


def _polygonal(geometry: Any) -> Any:
    polygons = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(polygons)


def _clean(shapes: Any, step: float) -> Any:
    """Put shapes on the grid as a valid coverage; cleaning makes positions off the grid, so it takes a few rounds."""
    before = shapely.area(shapes)
    for _ in range(5):
        shapes = shapely.set_precision(shapes, step)
        # overlaps go to the smaller area: the Vatican is drawn over Rome
        shapes = shapely.coverage_clean(
            shapes, gap_width=_GAP_WIDTH, snapping_distance=step / 100, merge_strategy="min_area"
        )
        shapes = shapely.transform(shapes, lambda positions: np.round(positions / step) * step)
        if shapely.coverage_is_valid(shapes) and shapely.is_valid(shapes).all():
            # GEOS 3.14.1 without snapping gave a whole area to its neighbour: what must not be, is looked for
            lost = np.abs(shapely.area(shapes) - before) > _SLACK * before + step * np.sqrt(before)
            if lost.any():
                raise SourceError(f"cleaning changed the size of areas {np.flatnonzero(lost).tolist()}; look at them")
            return shapes
    raise SourceError("the areas can't be made a valid coverage; look at what the last change of disputed.tsv did")


def _hole_at(shapes: Iterable[Any], point: Any, where: str) -> Any:
    for part in shapely.get_parts(shapely.coverage_union_all(list(shapes))):
        for ring in shapely.get_rings(part)[1:]:
            hole = shapely.polygons(ring)
            if shapely.contains(hole, point):
                return hole
    raise SourceError(f"{where}: no gap around this point; nothing to fill")


def levels(pieces: Sequence[Piece], countries: Mapping[str, str]) -> tuple[Topology, ...]:
    """Simplify a clean coverage as a whole and cut it into arcs: a topology for each of `LEVELS`.

    Each level is made of the next finer one, so its lines run through positions of that one.
    """
    topologies: list[Topology] = []
    shapes = np.array([piece.geometry for piece in pieces])
    keys = [piece.key for piece in pieces]
    owners = [countries.get(key, "") for key in keys]
    for tolerance, smallest in reversed(LEVELS):
        shapes = _without_islets(shapes, owners, smallest)
        filled = ~shapely.is_empty(shapes)
        shapes[filled] = shapely.coverage_simplify(shapes[filled], tolerance)
        topologies.append(to_topology(Piece(key, shape) for key, shape in zip(keys, shapes, strict=True)))
    return tuple(reversed(topologies))


def _without_islets(shapes: Any, owners: Sequence[str], smallest: float) -> Any:
    """Leave out small landmasses, but never the largest one of a country."""
    if not smallest:
        return shapes
    parts, area_of = shapely.get_parts(shapes, return_index=True)
    landmasses = shapely.get_parts(shapely.coverage_union_all(shapes))
    inside, found = shapely.STRtree(landmasses).query(shapely.point_on_surface(parts), predicate="within")
    landmass_of = np.empty(len(parts), dtype=int)
    landmass_of[inside] = found
    keep = shapely.area(landmasses) >= smallest
    sizes = shapely.area(parts)
    largest: dict[str, int] = {}
    for part in np.argsort(-sizes, kind="stable"):
        largest.setdefault(owners[area_of[part]], int(landmass_of[part]))
    keep[list(largest.values())] = True
    kept: list[list[Any]] = [[] for _ in shapes]
    for part, area, landmass in zip(parts, area_of, landmass_of, strict=True):
        if keep[landmass]:
            kept[area].append(part)
    return np.array([shapely.MultiPolygon(polygons) for polygons in kept])


def to_pieces(topology: Topology, *, grid: int = GRID) -> tuple[Piece, ...]:
    """Give the shapes of a topology back."""
    return tuple(
        Piece(
            area.key,
            shapely.MultiPolygon(
                [
                    shapely.Polygon(*(rings := [np.array(ring) / grid for ring in polygon])[:1], rings[1:])
                    for polygon in topology.polygons(area.key)
                ]
            ),
        )
        for area in topology.areas
    )


def to_topology(pieces: Iterable[Piece], *, grid: int = GRID) -> Topology:
    """Cut shapes whose positions are on the grid into arcs; empty ones are left out."""
    return cut(
        (piece.key, to_polygons(piece.geometry, grid=grid)) for piece in pieces if not shapely.is_empty(piece.geometry)
    )


def to_polygons(geometry: Any, *, grid: int = GRID) -> tuple[Polygon, ...]:
    """Give the polygons of a shape in grid steps, exterior rings counter-clockwise, holes clockwise."""
    parts = shapely.get_parts(shapely.orient_polygons(geometry))
    return tuple(
        sorted(
            tuple(
                tuple((int(x), int(y)) for x, y in np.round(shapely.get_coordinates(ring) * grid))
                for ring in shapely.get_rings(part)
            )
            for part in parts
        )
    )
