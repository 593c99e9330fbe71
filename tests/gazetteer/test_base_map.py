"""The base map as it is stored: fine, cut into pieces, nothing missing, and read without being worked out."""

import math
import random
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.base_map import BaseLines, BorderKind, Scale
from gazetteer.build.areas import AreaSources
from gazetteer.build.base_map import clipped, simplified, store_base_map
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_places, write_prominent
from gazetteer.errors import DataDamagedError
from gazetteer.format import DATA, PLACES
from gazetteer.geometry import Bounds, bounds_of
from gazetteer.lines import Line
from gazetteer.place import LngLat, PlaceKind
from gazetteer.store import MICRO, PlaceStore

LEVANT = Bounds(34, 31, 37, 34)
WORLD = Bounds(-180, -90, 180, 90)
numbers = st.floats(-60, 60).map(lambda x: round(x, 2))
lines_ = st.lists(st.tuples(numbers, numbers).map(LngLat._make), min_size=2, max_size=30)


@pytest.fixture(scope="module")
def sources() -> AreaSources:
    return AreaSources()


@pytest.fixture(scope="module")
def connection(sources: AreaSources) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    store_base_map(connection, sources)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def base(connection: sqlite3.Connection) -> BaseLines:
    return BaseLines(connection)


# Letters ------------------------------------------------------------------------------------------


@given(lines_, st.sampled_from([2, 3, 5]))
def test_a_line_comes_back_from_its_letters(line: list[LngLat], decimals: int) -> None:
    back = Line.of(line, decimals).positions
    rounded = [LngLat(round(p.lng, decimals), round(p.lat, decimals)) for p in line]
    assert list(back) == [p for k, p in enumerate(rounded) if k == 0 or p != rounded[k - 1]]


@pytest.mark.parametrize("letters", ["_", "_}tAom_AA", "_}tAom_A_"])
def test_letters_that_are_cut_short_are_told(letters: str) -> None:
    with pytest.raises(DataDamagedError, match="cut short"):
        _ = Line(letters, 3).positions


# Lines --------------------------------------------------------------------------------------------


@given(lines_, st.floats(0.1, 20))
def test_a_simplified_line_keeps_its_ends_and_stays_near(line: list[LngLat], step: float) -> None:
    short = simplified(line, step)
    assert (short[0], short[-1]) == (line[0], line[-1])
    assert len(short) <= len(line)
    for position in line:
        nearest = min(
            math.dist(position, (a.lng + k / 200 * (b.lng - a.lng), a.lat + k / 200 * (b.lat - a.lat)))
            for a, b in pairwise(short)
            for k in range(201)
        )
        assert nearest <= step + 0.5  # the ruler's own step


def kinds_at(base: BaseLines, box: Bounds) -> set[BorderKind]:
    """The kinds of the lines that have a position in a box."""
    return {
        border.kind
        for border in base.borders(box, Scale.LOCAL)
        if any(Bounds(*position, *position).intersects(box) for position in border.line.positions)
    }


@pytest.mark.parametrize(
    ("box", "kind"),
    [
        (Bounds(35.60, 32.90, 35.65, 33.0), BorderKind.DISPUTED),  # Golan, the line of 1949
        (Bounds(35.80, 32.95, 35.92, 33.1), BorderKind.DISPUTED),  # Golan, the line of 1974
        (Bounds(35.20, 31.76, 35.25, 31.8), BorderKind.DISPUTED),  # Jerusalem
        (Bounds(20.70, 43.10, 20.90, 43.3), BorderKind.DISPUTED),  # Kosovo
        (Bounds(45.9, 33.0, 46.2, 33.2), BorderKind.COUNTRY),  # Iraq and Iran
        (Bounds(35.5, 32.0, 35.6, 32.3), BorderKind.COUNTRY),  # West Bank and Jordan
        (Bounds(33.6, 46.1, 33.8, 46.2), BorderKind.ADMIN1),  # Crimea and Kherson
    ],
)
def test_border_classes(base: BaseLines, box: Bounds, kind: BorderKind) -> None:
    found = kinds_at(base, box)
    assert kind in found
    assert found <= {kind, BorderKind.COAST, BorderKind.ADMIN1}


def positions(base: BaseLines, kind: BorderKind, scale: Scale, bounds: Bounds = LEVANT) -> int:
    return sum(len(border.line.positions) for border in base.borders(bounds, scale) if border.kind is kind)


def test_scales_differ_in_detail_and_the_world_has_no_first_level(base: BaseLines) -> None:
    coast = [positions(base, BorderKind.COAST, scale, WORLD) for scale in (Scale.WIDE, Scale.REGION, Scale.LOCAL)]
    assert 0 < coast[0] < coast[1] < coast[2]
    assert positions(base, BorderKind.ADMIN1, Scale.WORLD, WORLD) == 0
    assert positions(base, BorderKind.ADMIN1, Scale.LOCAL) > 100


def test_the_antimeridian_is_no_line(base: BaseLines) -> None:
    for scale in Scale:
        for border in base.borders(Bounds(179, -90, 180, 90), scale):
            assert not any(a.lng == b.lng == 180 or a.lat == b.lat == -90 for a, b in pairwise(border.line.positions))


def test_border_lines_run_along_the_shapes(base: BaseLines, sources: AreaSources) -> None:
    corners = {
        p for key in ("SY", "LB", "IL", "PS", "JO", "EG", "SA") for p in sources.country_shape(key).full.positions
    }
    for border in base.borders(LEVANT, Scale.LOCAL):
        line = border.line.positions
        if border.kind in (BorderKind.COUNTRY, BorderKind.COAST) and bounds_of(line).max_lat < 33.8:
            assert corners.issuperset(line)


def test_a_view_loads_little_beyond_its_edges(base: BaseLines) -> None:
    box = Bounds(30, 25, 55, 40)
    for border in base.borders(box, Scale.WIDE):
        found = bounds_of(border.line.positions)
        assert found.min_lng > box.min_lng - 6
        assert found.max_lng < box.max_lng + 6
    for ring in base.land(box, Scale.WIDE):
        found = bounds_of(ring.positions)
        assert found.max_lng - found.min_lng < 3
        assert found.max_lat - found.min_lat < 3


# Land ---------------------------------------------------------------------------------------------


def test_land_is_all_there_once_and_the_sea_is_not_filled(base: BaseLines) -> None:
    shapely = pytest.importorskip("shapely")
    box = shapely.box(*LEVANT)

    def signed(scale: Scale) -> float:
        rings = [shapely.Polygon(ring.positions).buffer(0) for ring in base.land(LEVANT, scale)]
        return float(shapely.union_all(rings).intersection(box).area)

    for scale in (Scale.WIDE, Scale.REGION, Scale.LOCAL):
        assert 5.5 < signed(scale) < 8.5, scale.name


def test_lakes_are_holes(base: BaseLines) -> None:
    shapely = pytest.importorskip("shapely")
    caspian = shapely.Point(51, 42)
    for scale in (Scale.WORLD, Scale.AROUND):
        rings = [shapely.Polygon(ring.positions) for ring in base.land(WORLD, scale)]
        assert sum(ring.contains(caspian) for ring in rings) % 2 == 0
        assert sum(ring.contains(shapely.Point(65, 42)) for ring in rings) % 2 == 1


@given(st.lists(st.tuples(numbers, numbers).map(LngLat._make), min_size=3, max_size=8, unique=True))
def test_a_clipped_ring_stays_in_the_box_and_is_closed(ring: list[LngLat]) -> None:
    box = Bounds(-20, -10, 30, 25)
    found = clipped((*ring, ring[0]), box)
    assert not found or found[0] == found[-1]
    assert all(-20.0001 <= p.lng <= 30.0001 and -10.0001 <= p.lat <= 25.0001 for p in found)


# What a map names first ---------------------------------------------------------------------------


def test_the_largest_places_of_any_box_are_those_of_all_places() -> None:
    store = PlaceStore(DATA)
    rows = store.connection.execute(
        "SELECT ordinal, lng, lat FROM places WHERE kind = (SELECT number FROM terms WHERE text = 'settlement')"
        " AND (lng != 0 OR lat != 0) ORDER BY population DESC, ordinal"
    ).fetchall()
    chance = random.Random(7)  # noqa: S311  no secret: boxes here and there
    for _ in range(12):
        west, south = chance.uniform(-180, 150), chance.uniform(-60, 60)
        box = Bounds(west, south, west + chance.choice([1, 7, 30, 45]), south + chance.choice([1, 5, 25]))
        edges = [round(edge * MICRO) for edge in box]
        wanted = [o for o, lng, lat in rows if edges[0] <= lng <= edges[2] and edges[1] <= lat <= edges[3]][:90]
        assert [store.ordinal(place.id) for place in store.largest(PlaceKind.SETTLEMENT, box, 90)] == wanted
    store.close()


def test_rivers_are_not_named_at_their_middle(tmp_path: Path) -> None:
    connection = sqlite3.connect(f"{tmp_path}/{PLACES}")
    rows = [
        Row("w:1", "A river", PlaceKind.WATER, "STM", LngLat(1, 1), None, None, 0, 9e5, "test"),
        Row("w:2", "A lake", PlaceKind.WATER, "LK", LngLat(2, 2), None, None, 0, 1e4, "test"),
        Row("w:3", "A sea", PlaceKind.WATER, "SEA", LngLat(3, 3), None, None, 0, 5e5, "test"),
    ]
    write_places(connection, rows, NameTable())
    write_prominent(connection)
    query = "SELECT name FROM prominent JOIN places USING (ordinal) ORDER BY weight DESC"
    assert [name for (name,) in connection.execute(query)] == ["A sea", "A lake"]
    connection.close()
