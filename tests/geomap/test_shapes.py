"""The geometry of an incident: a point, an area, and a circle where nobody drew the area."""

import dataclasses
import json

import pytest
from incident_samples import MOSUL

from gazetteer import Gazetteer, PlaceKind, Precision
from gazetteer.distance import distance_m
from gazetteer.place import LngLat
from geomap.exports import to_jsonl
from geomap.maps import BaseMap, Map
from geomap.shapes import circle, is_approximate, located


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return Gazetteer()


def test_a_second_level_area_without_a_polygon_is_a_circle_that_says_so(world: Gazetteer) -> None:
    """The districts of GeoNames are known as a point and a reach: an incident "in Makhmur district" once vanished."""
    district = next(
        place
        for name in ("Sinjar District", "قضاء سنجار", "Hawija District", "قضاء الحويجة", "Saravan County")
        for place in (c.place for c in world.lookup(name))
        if place.kind is PlaceKind.ADMIN2 and world.shape(place) is None
    )
    told = dataclasses.replace(
        MOSUL.places[0], place_id=district.id, name=district.name, kind=PlaceKind.ADMIN2, precision=Precision.ADMIN2,
        point=district.point, uncertainty_m=district.radius_m,
    )  # fmt: skip
    place, shape = located(told, world)
    assert shape is not None
    assert shape.type == "Polygon"
    away = [distance_m(district.point, corner) for corner in shape.positions]
    assert all(metres == pytest.approx(district.radius_m, rel=0.01) for metres in away)
    assert is_approximate(place)
    assert place.reasons[-1].startswith("its border is not known")
    incident = dataclasses.replace(MOSUL, places=(place,), geometry=shape)
    feature = json.loads(to_jsonl([incident]))
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["places"][0]["reasons"][-1].startswith("its border is not known")
    assert '"rough":1' in Map([incident], basemap=BaseMap()).html()


def test_an_area_with_a_polygon_and_a_point_are_not_approximate(world: Gazetteer) -> None:
    country = next(c.place for c in world.lookup("Iraq") if c.place.kind is PlaceKind.COUNTRY)
    told = dataclasses.replace(
        MOSUL.places[0], place_id=country.id, kind=PlaceKind.COUNTRY, precision=Precision.COUNTRY
    )
    place, shape = located(told, world)
    assert shape is not None
    assert len(shape.positions) > 100
    assert not is_approximate(place)
    assert located(MOSUL.places[0], world) == (MOSUL.places[0], MOSUL.geometry)
    assert not is_approximate(MOSUL.places[0])


def test_near_a_settlement_is_a_circle(world: Gazetteer) -> None:
    near = dataclasses.replace(MOSUL.places[0], precision=Precision.NEAR_SETTLEMENT, uncertainty_m=9000.0)
    place, shape = located(near, world)
    assert shape == circle(near.point, 9000.0)
    assert is_approximate(place)


def test_nothing_is_drawn_where_not_even_the_reach_is_known(world: Gazetteer) -> None:
    unknown = dataclasses.replace(
        MOSUL.places[0], place_id="x:1", kind=PlaceKind.ADMIN2, precision=Precision.ADMIN2, uncertainty_m=0.0
    )
    assert located(unknown, world) == (unknown, None)


@pytest.mark.parametrize("lat", [0.0, 33.3, -60.0, 78.0])
@pytest.mark.parametrize("radius_m", [2_000.0, 80_000.0, 400_000.0])
def test_a_circle_is_as_far_on_every_side(lat: float, radius_m: float) -> None:
    centre = LngLat(44.4, lat)
    for corner in circle(centre, radius_m).positions:
        assert distance_m(centre, corner) == pytest.approx(radius_m, rel=0.002)
