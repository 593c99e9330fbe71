"""Areas that share borders: every border line is stored once, and areas are lists of such lines.

The lines are called arcs. An arc runs between two nodes (positions where three lines meet, or where the areas on its
sides change) or is a whole ring. A ring of an area is a list of references to arcs: ``i`` for arc number i as it is
stored, ``~i`` for the same arc backwards. Positions are whole numbers on a grid, so neighbours meet exactly, and
whatever is put together of arcs (a country, a border) fits whatever else is.

Python alone: this is read when the wheel is built, where there is no shapely.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, pi

from gazetteer.errors import SourceError

GRID = 1000
"""Grid steps in a degree: about 100 m."""
_EDGE_LNG, _EDGE_LAT = 180 * GRID, -90 * GRID

Position = tuple[int, int]
"""Longitude and latitude in grid steps."""
Path = tuple[Position, ...]
"""A line, or a closed ring with its first position repeated at the end."""
Polygon = tuple[Path, ...]
"""The exterior ring, counter-clockwise, then the holes, clockwise."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area as polygons of rings of references to arcs."""

    key: str
    polygons: tuple[tuple[tuple[int, ...], ...], ...]

    def moved(self, by: int) -> "Area":
        """Give the area with its arcs numbered higher, for a list of arcs that others precede.

        Examples
        --------
        >>> Area("a", (((0, ~1),),)).moved(10).polygons
        (((10, -12),),)
        """
        return Area(
            self.key,
            tuple(tuple(tuple(r + by if r >= 0 else r - by for r in ring) for ring in p) for p in self.polygons),
        )


@dataclass(frozen=True, slots=True)
class Topology:
    """Arcs and the areas that are made of them.

    Examples
    --------
    >>> west = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    >>> east = ((1, 0), (2, 0), (2, 1), (1, 1), (1, 0))
    >>> both = cut([("west", ((west,),)), ("east", ((east,),))])
    >>> len(both.arcs), both.owners()
    (3, ((1,), (0, 1), (0,)))
    """

    arcs: tuple[Path, ...]
    areas: tuple[Area, ...]
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", {area.key: number for number, area in enumerate(self.areas)})

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    def area(self, key: str) -> Area:
        """Give the area with this key; KeyError when there is none."""
        return self.areas[self._numbers[key]]

    def line(self, reference: int) -> Path:
        """Give the positions of an arc in the direction of the reference."""
        return self.arcs[reference] if reference >= 0 else self.arcs[~reference][::-1]

    def polygons(self, key: str) -> tuple[Polygon, ...]:
        """Give the polygons of one area."""
        return tuple(tuple(self._ring(ring) for ring in polygon) for polygon in self.area(key).polygons)

    def owners(self) -> tuple[tuple[int, ...], ...]:
        """Give for each arc the numbers of the areas on its sides: one for a coast, two for a border."""
        found: list[list[int]] = [[] for _ in self.arcs]
        for number, area in enumerate(self.areas):
            for reference in _references(area):
                found[reference if reference >= 0 else ~reference].append(number)
        return tuple(tuple(sorted(set(numbers))) for numbers in found)

    def dissolve(self, keys: Iterable[str]) -> tuple[Polygon, ...]:
        """Give the polygons of several areas taken together: arcs that two of them share are dropped.

        Examples
        --------
        >>> west = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        >>> east = ((1, 0), (2, 0), (2, 1), (1, 1), (1, 0))
        >>> both = cut([("west", ((west,),)), ("east", ((east,),))])
        >>> len(both.dissolve(["west", "east"])[0][0])
        7
        """
        references = [ref for key in dict.fromkeys(keys) for ref in _references(self.area(key))]
        uses = Counter(ref if ref >= 0 else ~ref for ref in references)
        kept = [ref for ref in references if uses[ref if ref >= 0 else ~ref] == 1]
        return nest([loop for ring in self._stitch(kept) for loop in _simple_loops(ring)])

    def _ring(self, references: Sequence[int]) -> Path:
        positions: list[Position] = []
        for reference in references:
            line = self.line(reference)
            positions.extend(line if not positions else line[1:])
        return tuple(positions)

    def _stitch(self, references: list[int]) -> Iterator[Path]:
        """Join directed arcs into closed rings; the inside is on the left of each."""
        leaving: dict[Position, list[int]] = defaultdict(list)
        for reference in references:
            leaving[self.line(reference)[0]].append(reference)
        for start in references:
            if start not in leaving[self.line(start)[0]]:
                continue  # it is in a ring already
            ring: list[Position] = []
            reference = start
            while True:
                line = self.line(reference)
                leaving[line[0]].remove(reference)
                ring.extend(line if not ring else line[1:])
                if ring[-1] == ring[0]:
                    break
                reference = self._next(line, leaving[line[-1]])
            yield tuple(ring)

    def _next(self, line: Path, choices: list[int]) -> int:
        """Choose how to go on at a node where rings touch: keep to the inside, the first line clockwise."""
        if len(choices) == 1:
            return choices[0]
        (x, y), (back_x, back_y) = line[-1], line[-2]
        back = atan2(back_y - y, back_x - x)

        def turn(reference: int) -> float:
            next_x, next_y = self.line(reference)[1]
            return (back - atan2(next_y - y, next_x - x)) % (2 * pi)

        return min(choices, key=turn)


def _references(area: Area) -> Iterator[int]:
    return (reference for polygon in area.polygons for ring in polygon for reference in ring)


def double_area(ring: Path) -> int:
    """Give twice the area of a ring in grid steps: positive when it runs counter-clockwise.

    Examples
    --------
    >>> double_area(((0, 0), (2, 0), (2, 2), (0, 2), (0, 0)))
    8
    """
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))


def inside(x: float, y: float, ring: Sequence[tuple[float, float]]) -> bool:
    """Whether a position is in a ring: ray casting; on the line it may say either.

    Examples
    --------
    >>> inside(1, 1, ((0, 0), (2, 0), (2, 2), (0, 2), (0, 0)))
    True
    """
    odd = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def nest(rings: Iterable[Path]) -> tuple[Polygon, ...]:
    """Put holes (clockwise rings) into the smallest exterior ring around them; the largest polygon comes first."""
    shells: list[tuple[int, Path, list[Path]]] = []
    holes: list[Path] = []
    for ring in rings:
        size = double_area(ring)
        if size > 0:
            shells.append((size, ring, []))
        elif size < 0:
            holes.append(ring)
    shells.sort(key=lambda shell: (-shell[0], shell[1]))
    for hole in sorted(holes):
        # the middle of its first edge: a corner may lie on the exterior, an edge may not
        (ax, ay), (bx, by) = hole[0], hole[1]
        x, y = (ax + bx) / 2, (ay + by) / 2
        home = next((shell for shell in reversed(shells) if inside(x, y, shell[1])), None)
        if home is not None:
            home[2].append(hole)
    return tuple((ring, *inner) for _, ring, inner in shells)


def _simple_loops(ring: Path) -> Iterator[Path]:
    """Part a ring that touches itself into rings that do not."""
    open_positions: list[Position] = []
    where: dict[Position, int] = {}
    for position in ring:
        if position in where:
            start = where[position]
            yield (*open_positions[start:], position)
            for passed in open_positions[start:]:
                del where[passed]
            del open_positions[start:]
        where[position] = len(open_positions)
        open_positions.append(position)


def on_frame(a: Position, b: Position) -> bool:
    """Whether a line lies on the antimeridian or the pole: an edge of the sheet, not a coast."""
    return (a[0] == b[0] and abs(a[0]) == _EDGE_LNG) or (a[1] == b[1] == _EDGE_LAT)


def cut(areas: Iterable[tuple[str, tuple[Polygon, ...]]]) -> Topology:
    """Cut the rings of areas into shared arcs.

    Neighbours must have the same positions along a shared border, as shapely's coverages do. Rings come out in the
    direction they come in. The same areas give the same topology, in whatever order they come.
    """
    ordered = sorted(areas)
    sides: dict[tuple[Position, Position], list[int]] = defaultdict(list)
    for number, (_, polygons) in enumerate(ordered):
        for polygon in polygons:
            for ring in polygon:
                for a, b in pairwise(ring):
                    sides[(a, b) if a < b else (b, a)].append(number)
    nodes = _nodes(sides)
    paths = [[[_split(ring, nodes) for ring in polygon] for polygon in polygons] for _, polygons in ordered]
    arcs = sorted({min(line, line[::-1]) for area in paths for polygon in area for ring in polygon for line in ring})
    numbers = {arc: number for number, arc in enumerate(arcs)}

    def reference(line: Path) -> int:
        number = numbers.get(line)
        return number if number is not None else ~numbers[line[::-1]]

    return Topology(
        tuple(arcs),
        tuple(
            Area(key, tuple(tuple(tuple(map(reference, ring)) for ring in polygon) for polygon in area))
            for (key, _), area in zip(ordered, paths, strict=True)
        ),
    )


def _nodes(sides: dict[tuple[Position, Position], list[int]]) -> set[Position]:
    seen: dict[Position, tuple[int, tuple[int, ...], bool]] = {}
    nodes: set[Position] = set()
    for (a, b), numbers in sides.items():
        if len(numbers) > 2:  # noqa: PLR2004  a line has two sides
            raise SourceError(f"three areas share the line {a} to {b} (grid steps): the areas overlap, clean them")
        label = (tuple(sorted(numbers)), on_frame(a, b))
        for position in (a, b):
            count, *before = seen.get(position, (0, *label))
            seen[position] = (count + 1, *label)
            if count >= 2 or tuple(before) != label:  # noqa: PLR2004
                nodes.add(position)
    return nodes


def _split(ring: Path, nodes: set[Position]) -> list[Path]:
    """Cut one ring at the nodes; a ring without any is one arc that starts at its smallest position."""
    positions = ring[:-1]
    at = [i for i, position in enumerate(positions) if position in nodes]
    start = at[0] if at else min(range(len(positions)), key=positions.__getitem__)
    turned = (*positions[start:], *positions[:start], positions[start])
    if not at:
        return [turned]
    marks = [*(i - start for i in at), len(positions)]
    return [turned[a : b + 1] for a, b in pairwise(marks)]
