"""Areas as shared arcs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.build.topology import Path, Polygon, Topology, cut, double_area
from gazetteer.build.topology_file import dump, load
from gazetteer.errors import SourceError


def square(x: int, y: int, size: int = 10) -> Path:
    return ((x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y))


def hole(x: int, y: int, size: int) -> Path:
    return square(x, y, size)[::-1]


def size_of(polygons: tuple[Polygon, ...]) -> int:
    return sum(double_area(ring) for polygon in polygons for ring in polygon) // 2


ENCLAVE = [("around", ((square(0, 0, 30), hole(10, 10, 10)),)), ("enclave", ((square(10, 10),),))]


def grid(cells: set[tuple[int, int]]) -> list[tuple[str, tuple[Polygon, ...]]]:
    return [(f"{x},{y}", ((square(x * 10, y * 10),),)) for x, y in sorted(cells)]


def test_a_shared_border_is_stored_once() -> None:
    topology = cut(grid({(0, 0), (1, 0)}))
    assert len(topology.arcs) == 3
    assert sorted(map(len, topology.owners())) == [1, 1, 2]


def test_areas_come_back_as_they_were() -> None:
    topology = cut(ENCLAVE)
    assert size_of(topology.polygons("around")) == 800
    assert size_of(topology.polygons("enclave")) == 100
    assert len(topology.arcs) == 2, "the enclave's border is the hole's"


def test_an_enclave_dissolves_into_what_is_around_it() -> None:
    (polygon,) = cut(ENCLAVE).dissolve(["around", "enclave"])
    assert len(polygon) == 1
    assert size_of((polygon,)) == 900


def test_dissolving_two_of_three_leaves_a_hole_or_an_island() -> None:
    ring = {(x, y) for x in range(3) for y in range(3)} - {(1, 1)}
    (polygon,) = cut(grid(ring)).dissolve([f"{x},{y}" for x, y in ring])
    assert len(polygon) == 2, "an exterior and a hole"
    assert double_area(polygon[0]) > 0 > double_area(polygon[1])


def test_parts_that_touch_in_a_corner_stay_two() -> None:
    polygons = cut(grid({(0, 0), (1, 1)})).dissolve(["0,0", "1,1"])
    assert [len(p[0]) for p in polygons] == [5, 5]


@settings(max_examples=60)
@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1), st.data())
def test_dissolved_cells_are_valid_and_keep_their_size(cells: set[tuple[int, int]], data: st.DataObject) -> None:
    shapely = pytest.importorskip("shapely")
    chosen = data.draw(st.sets(st.sampled_from(sorted(cells)), min_size=1))
    polygons = cut(grid(cells)).dissolve([f"{x},{y}" for x, y in sorted(chosen)])
    shape = shapely.MultiPolygon([shapely.Polygon(p[0], p[1:]) for p in polygons])
    assert shape.is_valid
    assert size_of(polygons) == 100 * len(chosen)


@settings(deadline=None)  # xz at its slowest on a busy machine
@given(st.sets(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1))
def test_bytes_come_back_and_are_the_same_in_any_order(cells: set[tuple[int, int]]) -> None:
    topology = cut(grid(cells))
    data = dump(topology)
    assert load(data, "test") == topology
    assert dump(cut(reversed(grid(cells)))) == data


def test_a_damaged_file_says_which_and_what_to_do() -> None:
    data = dump(cut(ENCLAVE))
    for damaged in (b"", b"hello", data[:-3], data[:40]):
        with pytest.raises(SourceError, match=r"areas\.topo.*restore"):
            load(damaged, "areas.topo")


def test_overlapping_areas_are_refused() -> None:
    same = [(name, ((square(0, 0),),)) for name in "abc"]
    with pytest.raises(SourceError, match="overlap"):
        cut(same)


def test_the_antimeridian_is_an_arc_of_its_own() -> None:
    ring: Path = ((179_000, 0), (180_000, 0), (180_000, 500), (180_000, 1000), (179_000, 1000), (179_000, 0))
    topology: Topology = cut([("chukotka", ((ring,),))])
    assert sorted(len(arc) for arc in topology.arcs) == [3, 4]
