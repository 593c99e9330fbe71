"""Geometries as bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import DataDamagedError
from gazetteer.geometry import Geometry, decode, encode, polygon_geometry
from gazetteer.place import LngLat

positions = st.builds(
    lambda x, y: LngLat(x / 1000, y / 1000), st.integers(-180_000, 180_000), st.integers(-90_000, 90_000)
)
rings = st.lists(positions, min_size=3, max_size=8).map(lambda ring: (*ring, ring[0]))
polygons = st.lists(rings, min_size=1, max_size=3).map(tuple)
geometries = st.one_of(
    st.builds(Geometry, st.just("Point"), positions),
    st.builds(Geometry, st.just("Polygon"), polygons),
    st.builds(Geometry, st.just("MultiPolygon"), st.lists(polygons, min_size=1, max_size=3).map(tuple)),
)


@given(geometries)
def test_a_geometry_comes_back_as_it_was(geometry: Geometry) -> None:
    assert decode(encode(geometry)) == geometry


@given(geometries, st.data())
def test_bytes_cut_short_are_refused(geometry: Geometry, data: st.DataObject) -> None:
    blob = encode(geometry)
    length = data.draw(st.integers(0, len(blob) - 1))
    with pytest.raises(DataDamagedError, match="reinstall"):
        decode(blob[:length])


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(DataDamagedError, match="type 9"):
        decode(b"\x09\x03\x00\x00")


def test_finer_positions_are_kept_when_asked() -> None:
    point = Geometry("Point", LngLat(44.390259, 33.307577))
    assert decode(encode(point, decimals=6)) == point
    assert decode(encode(point)).coordinates == LngLat(44.39, 33.308)


def test_bounds_and_polygons() -> None:
    square = (LngLat(0, 0), LngLat(2, 0), LngLat(2, 1), LngLat(0, 0))
    one, two = polygon_geometry(((square,),)), polygon_geometry(((square,), (square,)))
    assert (one.type, two.type) == ("Polygon", "MultiPolygon")
    assert len(two.polygons) == 2
    assert tuple(one.bounds) == (0, 0, 2, 1)
