"""Marine polygons → named seas: drawn, summed and simplified, each on its own."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from gazetteer.build.recipe.area_table import label
from gazetteer.build.recipe.coverage import Piece
from gazetteer.build.recipe.packages import RawSea
from gazetteer.build.recipe.tables import NamedSea
from gazetteer.build.topology import GRID
from gazetteer.errors import SourceError
from gazetteer.format import LANGUAGES

COLUMNS = ("key", "feature", "lng", "lat", "radius_m", *LANGUAGES)
_FEATURES = (
    ("ocean", "OCN"), ("sea", "SEA"), ("gulf", "GULF"), ("golfo", "GULF"), ("strait", "STRT"), ("straits", "STRT"),
    ("bay", "BAY"), ("bahia", "BAY"), ("baia", "BAY"), ("bight", "BAY"), ("channel", "CHN"), ("canal", "CHN"),
    ("passage", "STRT"), ("sound", "SD"), ("inlet", "INLT"), ("fjord", "FJD"), ("river", "STM"), ("lagoa", "LGN"),
    ("lake", "LK"), ("lakes", "LK"), ("lago", "LK"), ("reef", "RF"),
)  # fmt: skip
_SMALLEST, _LARGEST = 0.002, 0.1
"""Bounds of the simplification in degrees; between them it goes with the size of the sea."""
_SHARE = 0.003
_FEWEST = 4  # positions of a closed ring


@dataclass(frozen=True, slots=True)
class Sea:
    """A named sea with its final shape."""

    key: str
    feature: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    geometry: Any


def slug(name: str) -> str:
    """Give the key of a sea from its name.

    Examples
    --------
    >>> slug("Río de la Plata"), slug("Vil'kitskogo Strait")
    ('rio-de-la-plata', 'vil-kitskogo-strait')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("Ø", "O"))
    return "-".join(re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).lower()))


def build(raw: Iterable[RawSea], named: Sequence[NamedSea]) -> tuple[Sea, ...]:
    """Put the seas together, ordered by key.

    Raises
    ------
    SourceError
        A row of seas.tsv names a sea that is not there, or gives none of its names in English.
    """
    shapes: dict[str, Any] = {}
    english: dict[str, str] = {}
    for sea in raw:
        key = slug(sea.name)
        shape = _from_rings(sea.rings)
        shapes[key] = shapely.union(shapes[key], shape) if key in shapes else shape
        english[key] = sea.name.title() if sea.name.isupper() else sea.name
    rows = {row.key: row for row in named}
    for row in named:
        if row.shape.startswith("POLYGON"):
            shapes[row.key] = shapely.from_wkt(row.shape)
        elif not row.shape and row.key not in shapes:
            raise SourceError(f"{row.where}: no sea {row.key} in Natural Earth; give it a shape or mend its name")
    for row in named:
        if "+" in row.shape:
            missing = [part for part in row.shape.split("+") if part not in shapes]
            if missing:
                raise SourceError(f"{row.where}: no sea {', '.join(missing)} to add up; mend the sum")
            shapes[row.key] = shapely.union_all([shapes[part] for part in row.shape.split("+")])
    seas = []
    for key in sorted(shapes):
        found = rows.get(key)
        if found is not None and found.feature == "drop":
            continue
        names = found.names if found else (("en", (english[key],)),)
        feature = (found.feature if found else "") or _feature(key)
        seas.append(Sea(key, feature, names, _simplified(shapes[key])))
    return tuple(seas)


def _from_rings(rings: Iterable[Sequence[tuple[float, float]]]) -> Any:
    shape = shapely.Polygon()
    for ring in rings:
        if len(ring) >= _FEWEST:
            shape = shapely.symmetric_difference(shape, shapely.make_valid(shapely.Polygon(ring)))
    return shape


def _simplified(shape: Any) -> Any:
    tolerance = min(max(_SHARE * shape.area**0.5, _SMALLEST), _LARGEST)
    simple = shapely.coverage_simplify(shapely.set_precision(shape, 1 / GRID), tolerance)
    parts = shapely.get_parts(shapely.set_precision(simple, 1 / GRID))
    largest = max(part.area for part in parts)
    return shapely.MultiPolygon([part for part in parts if part.area >= min(tolerance**2, largest)])


def _feature(key: str) -> str:
    words = key.split("-")
    for word, feature in _FEATURES:
        if any(w == word or (word == "fjord" and w.endswith(("fjord", "fjorden"))) for w in words):
            return feature
    return "SEA"


def rows(seas: Iterable[Sea]) -> Iterable[tuple[str, ...]]:
    """Give a row of `COLUMNS` for each sea."""
    for sea in seas:
        at = label(sea.geometry)
        names = dict(sea.names)
        yield (
            sea.key,
            sea.feature,
            f"{at.point.lng:.7g}",
            f"{at.point.lat:.7g}",
            str(at.radius_m),
            *("|".join(names.get(language, ())) for language in LANGUAGES),
        )


def pieces(seas: Iterable[Sea]) -> Iterable[Piece]:
    """Give the shapes for a topology."""
    return (Piece(sea.key, sea.geometry) for sea in seas)
