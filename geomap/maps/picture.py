"""A still picture for reports: the map, its legend and a numbered list, drawn by matplotlib without a browser.

The same incidents give the same bytes: nothing is random, and no date is written into the file. Text of articles is
given to matplotlib as text: its formulas (``$...$``) are switched off, hidden characters are shown as U+FFFD.
"""

import io
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gazetteer.base_map import BorderKind, BorderLine
from gazetteer.geometry import Bounds, PolygonRings
from gazetteer.place import LngLat
from geomap.incident import Incident, Status
from geomap.maps.basemap import BaseMap
from geomap.maps.caption import FONT, INK, QUIET, SEVERAL_AREA, Caption, faded, write
from geomap.maps.interface import Interface
from geomap.maps.shown import METRES_PER_DEGREE, unwrapped
from geomap.maps.symbols import OTHER, SEVERAL, symbols
from geomap.shapes import is_approximate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CITIES = 40
_ROOM = 0.12
"""Share of the frame that a sea must be wide to be named: 110 pixels of the interactive map's window."""
_DPI = 200
_WIDE, _HIGH = 14.0, 10.5
"""Points that a number takes."""
_SEA, _LAND, _COAST, _BORDER, _ADMIN1 = "#dfe7ec", "#f7f5f0", "#8fa3b0", "#8a7f78", "#d6d0c8"
_LINES = {
    BorderKind.ADMIN1: (_ADMIN1, 0.4, "solid"),
    BorderKind.COAST: (_COAST, 0.5, "solid"),
    BorderKind.COUNTRY: (_BORDER, 0.9, "solid"),
    BorderKind.DISPUTED: (_BORDER, 0.9, (0, (4, 3))),
}
_MARGIN = 1.25
_LEAST = 3.0
"""Degrees: a lone point stands among its neighbours."""
_FRAME = 0.635 * 11.7 / (0.85 * 8.3)
"""Width of the map's frame by its height."""
_WORLD = Bounds(-180.0, -60.0, 180.0, 80.0)


def draw(incidents: Sequence[Incident], base: BaseMap, words: Interface, kind: str, *, title: str | None) -> bytes:
    """Give the picture as the bytes of a file.

    Parameters
    ----------
    incidents, base, words
        What is shown, over what, in which language.
    kind
        ``png``, ``svg`` or ``pdf``.
    title
        By default words of the interface.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    right_to_left = words.direction == "rtl"
    with mpl.rc_context({"svg.hashsalt": "geomap", "font.family": FONT, "pdf.fonttype": 42}):
        figure = Figure(figsize=(11.7, 8.3), dpi=_DPI, facecolor="white")
        side = 0.02 if right_to_left else 0.67
        axes = figure.add_axes((0.345 if right_to_left else 0.02, 0.065, 0.635, 0.85))
        _base(axes, base, _view(incidents))
        numbers = _marks(axes, incidents)
        _names(figure, axes, base)
        Caption(figure, words, side).write(incidents, numbers, title or words.title)
        out = io.BytesIO()
        nothing = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[kind]
        figure.savefig(out, format=kind, metadata=nothing)
    return out.getvalue()


def _view(incidents: Sequence[Incident]) -> Bounds:
    """The box of the incidents with a margin, grown to the shape of the frame."""
    found = [unwrapped(i.geometry).bounds for i in incidents if i.geometry is not None]
    if not found:
        return _WORLD
    west, south = min(box.min_lng for box in found), min(box.min_lat for box in found)
    east, north = max(box.max_lng for box in found), max(box.max_lat for box in found)
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.1)
    width = max((east - west) * _MARGIN, _LEAST / squeeze)
    height = max((north - south) * _MARGIN, _LEAST)
    width, height = max(width, height * _FRAME / squeeze), max(height, width * squeeze / _FRAME)
    lng, lat = (west + east) / 2, (south + north) / 2
    return Bounds(lng - width / 2, lat - height / 2, lng + width / 2, lat + height / 2)


def _polygons(axes: "Axes", polygons: Iterable[PolygonRings], inside: Any = None, **style: Any) -> None:
    """Fill polygons; ``inside`` is a patch beyond which nothing of them is drawn."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for polygon in polygons:
        corners: list[tuple[float, float]] = []
        codes: list[int] = []
        for ring in polygon:
            if len(ring) < 3:  # noqa: PLR2004  nothing to fill
                continue
            corners += [(p.lng, p.lat) for p in ring]
            codes += [int(Path.MOVETO), *[int(Path.LINETO)] * (len(ring) - 2), int(Path.CLOSEPOLY)]
        if not corners:
            continue
        patch = axes.add_patch(PathPatch(Path(corners, codes), **style))
        if inside is not None:
            patch.set_clip_path(inside)


def _lines(axes: "Axes", lines: Iterable[BorderLine], zorder: float, inside: Any = None) -> None:
    from matplotlib.collections import LineCollection

    found: dict[BorderKind, list[list[tuple[float, float]]]] = {}
    for line in lines:
        found.setdefault(line.kind, []).append([(p.lng, p.lat) for p in line.line.positions])
    for kind, (colour, width, style) in _LINES.items():
        drawn = axes.add_collection(
            LineCollection(found.get(kind, []), colors=colour, linewidths=width, linestyles=[style], zorder=zorder)
        )
        if inside is not None:
            drawn.set_clip_path(inside)


def _base(axes: "Axes", base: BaseMap, shown: Bounds) -> None:
    axes.set_xlim(shown.min_lng, shown.max_lng)
    axes.set_ylim(shown.min_lat, shown.max_lat)
    middle = math.radians((shown.min_lat + shown.max_lat) / 2)
    squeeze = 1 / max(math.cos(middle), 0.1)
    axes.set_aspect(squeeze, adjustable="box", anchor="C")
    axes.set_facecolor(_SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color(QUIET)
        spine.set_linewidth(0.6)
    plain: dict[str, Any] = {"linewidth": 0, "edgecolor": "none"}
    _polygons(axes, [tuple(shore.positions for shore in base.world.shores)], facecolor=_LAND, zorder=0.5, **plain)
    _lines(axes, base.world.borders, 0.8)
    inside = None
    if base.box:
        from matplotlib.patches import Rectangle

        box = base.box  # a patch that clips takes the place of the frame: it must not reach out of it
        west, south = max(box.min_lng, shown.min_lng), max(box.min_lat, shown.min_lat)
        east, north = min(box.max_lng, shown.max_lng), min(box.max_lat, shown.max_lat)
        inside = Rectangle((west, south), max(0, east - west), max(0, north - south), facecolor=_SEA, zorder=1, **plain)
        axes.add_patch(inside)
    _polygons(axes, [tuple(ring.positions for ring in base.land)], inside, facecolor=_LAND, zorder=1.5, **plain)
    _lines(axes, base.lines, 2, inside)


def _marks(axes: "Axes", incidents: Sequence[Incident]) -> dict[int, int]:
    """Draw the marks; gives the number of the mark of each incident that has one."""
    groups: dict[Any, list[int]] = {}
    for n, incident in enumerate(incidents):
        if incident.geometry is not None:
            groups.setdefault(incident.geometry, []).append(n)
    numbers = {n: number for number, members in enumerate(groups.values(), 1) for n in members}
    areas = [(geometry, members) for geometry, members in groups.items() if geometry.type != "Point"]
    written = _Numbers(axes)
    areas.sort(key=lambda pair: -_extent(unwrapped(pair[0]).bounds))
    for geometry, members in areas:
        kind, hollow, hatched = _look([incidents[n] for n in members])
        colour = kind["colour"] if kind is not symbols()[SEVERAL] else SEVERAL_AREA
        whole = unwrapped(geometry)
        rough = any(is_approximate(place) for n in members for place in incidents[n].places[:1])
        _polygons(
            axes, whole.polygons, facecolor="none" if hollow else faded(colour), edgecolor=INK, linewidth=0.8,
            linestyle=(0, (5, 3)) if rough else "solid", hatch="////" if hatched else None, zorder=3,
        )  # fmt: skip
        at = _middle(whole.polygons)
        written.put(at, numbers[members[0]], _ABOVE)
    for geometry, members in groups.items():
        if geometry.type == "Point":
            (at,) = geometry.positions
            kind, hollow, hatched = _look([incidents[n] for n in members])
            _symbol(axes, at, kind, hollow=hollow, hatched=hatched)
            written.put(at, numbers[members[0]], _BESIDE)
    return numbers


def _extent(box: Bounds) -> float:
    return (box.max_lng - box.min_lng) * (box.max_lat - box.min_lat)


def _look(members: Sequence[Incident]) -> tuple[dict[str, Any], bool, bool]:
    """The symbol of incidents at one place; hollow when all are denied, hatched when all are disputed."""
    kinds = {incident.event_type for incident in members}
    table = symbols()
    kind = table[SEVERAL] if len(kinds) > 1 else table.get(members[0].event_type, table[OTHER])
    states = {incident.status for incident in members}
    return kind, states == {Status.DENIED}, states == {Status.DISPUTED}


def _symbol(axes: "Axes", at: LngLat, kind: dict[str, Any], *, hollow: bool, hatched: bool) -> None:
    from matplotlib.path import Path

    shape = Path([(x, -y) for x, y in [*kind["shape"], kind["shape"][0]]])
    fill = "white" if hollow else kind["colour"]
    axes.plot(at.lng, at.lat, marker=shape, markersize=13, color="white", markeredgecolor="white", zorder=5)
    axes.plot(at.lng, at.lat, marker=shape, markersize=10, color=fill, markeredgecolor=INK, zorder=6)
    if hatched:
        axes.plot(at.lng, at.lat, marker="x", markersize=5, color=INK, zorder=6.5)


_BESIDE = ((7.0, 6.0), (-7.0, 6.0), (7.0, -6.0), (-7.0, -6.0), (15.0, 0.0), (-15.0, 0.0), (0.0, 13.0), (0.0, -13.0))
"""Points from a mark to its number: the first place that is free."""
_ABOVE = ((0.0, 0.0), (0.0, 11.0), (0.0, -11.0), (14.0, 0.0), (-14.0, 0.0))
"""The same in an area."""


class _Numbers:
    """The numbers of the marks, put where they cover none of those before them."""

    def __init__(self, axes: "Axes") -> None:
        axes.apply_aspect()
        self._axes, self._taken = axes, list[tuple[float, float]]()

    def put(self, at: LngLat, number: int, choices: Sequence[tuple[float, float]]) -> None:
        """Write a number at a place, or beside it."""
        x, y = (float(pixel) * 72 / _DPI for pixel in self._axes.transData.transform((at.lng, at.lat)))

        def is_free(choice: tuple[float, float]) -> bool:
            dx, dy = x + choice[0], y + choice[1]
            return all(abs(dx - tx) >= _WIDE or abs(dy - ty) >= _HIGH for tx, ty in self._taken)

        offset = next(filter(is_free, choices), choices[0])
        self._taken.append((x + offset[0], y + offset[1]))
        self._axes.annotate(
            str(number), (at.lng, at.lat), xytext=offset, textcoords="offset points", ha="center", va="center",
            fontsize=7, fontweight="bold", color="white", zorder=8, annotation_clip=True,
            bbox={"boxstyle": "round,pad=0.22,rounding_size=0.6", "facecolor": INK, "edgecolor": "white"},
        )  # fmt: skip


def _middle(polygons: Sequence[PolygonRings]) -> LngLat:
    """A position well inside the largest part of an area."""
    from shapely import Polygon, make_valid
    from shapely.errors import GEOSException
    from shapely.ops import polylabel

    parts = [Polygon(rings[0], rings[1:]) for rings in polygons]
    largest = max(parts, key=lambda part: float(part.area))
    try:
        point = polylabel(largest, tolerance=max(0.001, math.sqrt(largest.area) / 50))
    except GEOSException:
        point = make_valid(largest).representative_point()
    return LngLat(point.x, point.y)


def _names(figure: "Figure", axes: "Axes", base: BaseMap) -> None:
    """Write names where they cover no earlier one and no mark's number."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # the aspect moves the limits when it is drawn
    renderer = canvas.get_renderer()
    window = axes.get_window_extent(renderer)
    taken = [text.get_window_extent(renderer).padded(3) for text in axes.texts]
    taken += [line.get_window_extent(renderer).padded(8) for line in axes.lines]
    west, east = axes.get_xlim()
    middle = math.radians(sum(axes.get_ylim()) / 2)
    across = (east - west) * METRES_PER_DEGREE * max(math.cos(middle), 0.1)
    cities = 0
    for label in sorted(base.labels, key=lambda label: (label.rank, label.text)):
        if cities >= CITIES:
            break
        x, y = axes.transData.transform((label.at.lng, label.at.lat))
        if not window.contains(x, y) or (label.metres is not None and 2 * label.metres < _ROOM * across):
            continue
        is_city = label.kind == "city"
        style: dict[str, Any] = {
            "country": {"fontsize": 9, "fontweight": "bold", "color": "#5d5650"},
            "water": {"fontsize": 8, "color": "#4d6b80"},
            "city": {"fontsize": 7, "color": "#4d4741"},
        }[label.kind]
        va = "bottom" if is_city else "center"
        text = write(axes, label.at.lng, label.at.lat, label.text, ha="center", va=va, zorder=4, **style)
        box = text.get_window_extent(renderer)
        if any(box.overlaps(other) for other in taken) or not window.containsx(box.x0) or not window.containsx(box.x1):
            text.remove()
            continue
        taken.append(box.padded(2))
        if is_city:
            cities += 1
            axes.plot(label.at.lng, label.at.lat, marker="o", markersize=1.8, color="#4d4741", zorder=4)
