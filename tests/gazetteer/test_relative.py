"""Places told by others: geometry against geopy's geodesics, what is refused, ids that are not ours."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer, LngLat, Place, Precision
from gazetteer.areas import ring_contains
from gazetteer.distance import bearing_deg, destination, distance_m
from gazetteer.relative import Relation, RelationKind, from_id, relate, whole_of

places_on_land = st.builds(LngLat, st.floats(-179, 179), st.floats(-75, 75))


@given(places_on_land, st.floats(0, 359.9), st.floats(1, 300_000))
def test_a_destination_is_where_the_ellipsoid_has_it(start: LngLat, bearing: float, metres: float) -> None:
    end = destination(start, bearing, metres)
    true = geodesic(meters=metres).destination((start.lat, start.lng), bearing)
    assert distance_m(end, LngLat(true.longitude, true.latitude)) <= metres * 0.006 + 1
    assert distance_m(start, end) == pytest.approx(metres, rel=1e-3, abs=1)


@given(places_on_land, st.floats(0, 359.9))
def test_a_bearing_leads_there(start: LngLat, bearing: float) -> None:
    there = bearing_deg(start, destination(start, bearing, 100_000))
    assert abs((there - bearing + 180) % 360 - 180) < 0.1


def _place(world: Gazetteer, name: str) -> Place:
    return world.lookup(name)[0].place


@pytest.mark.parametrize("km", [1, 5, 20, 100, 300])
@pytest.mark.parametrize("direction", ["north", "southwest"])
def test_the_uncertainty_grows_with_the_distance(world: Gazetteer, km: int, direction: str) -> None:
    mosul = _place(world, "Mosul")
    near = relate(Relation(RelationKind.OFFSET, direction, km * 1000.0), [mosul], world)
    nearer = relate(Relation(RelationKind.OFFSET, direction, km * 500.0), [mosul], world)
    assert near is not None
    assert nearer is not None
    assert near.place.radius_m > nearer.place.radius_m > mosul.radius_m
    assert distance_m(near.place.point, mosul.point) == pytest.approx(km * 1000, rel=0.01)


@pytest.mark.parametrize(
    ("relation", "names"),
    [
        (Relation(RelationKind.OFFSET, "north", 20_000.0), ["Syria"]),
        (Relation(RelationKind.OFFSET, "north"), ["Mosul"]),
        (Relation(RelationKind.OFFSET, "up", 20_000.0), ["Mosul"]),
        (Relation(RelationKind.OFFSET, "north", 2_000_000.0), ["Mosul"]),
        (Relation(RelationKind.OFFSET, "north", -5.0), ["Mosul"]),
        (Relation(RelationKind.OFFSET, "north", float("nan")), ["Mosul"]),
        (Relation(RelationKind.PART, "north"), ["Mosul"]),
        (Relation(RelationKind.DIRECTION, "north"), ["Syria"]),
        (Relation(RelationKind.BETWEEN), ["Mosul"]),
        (Relation(RelationKind.BETWEEN), ["Mosul", "Mosul"]),
        (Relation(RelationKind.BETWEEN), ["Mosul", "Paris"]),
        (Relation(RelationKind.BETWEEN), ["Iraq", "Syria"]),
        (Relation(RelationKind.COAST), ["Baghdad"]),
        (Relation(RelationKind.COAST), ["Austria"]),
        (Relation(RelationKind.BORDER), ["Iraq", "Lebanon"]),
    ],
)
def test_what_makes_no_place(world: Gazetteer, relation: Relation, names: list[str]) -> None:
    assert relate(relation, [_place(world, name) for name in names], world) is None


@pytest.mark.parametrize("name", ["Hodeidah", "Yemen", "Lebanon", "Gaza City", "Tartus", "Odesa", "Taiwan"])
def test_off_a_coast_is_at_sea(world: Gazetteer, name: str) -> None:
    found = relate(Relation(RelationKind.COAST), [_place(world, name)], world)
    assert found is not None
    assert found.precision is Precision.WATER
    assert not any(place.kind == "country" for place in world.containing(found.place.point))
    assert any(ring_contains(polygon[0], found.place.point) for polygon in found.shape.polygons)


@pytest.mark.parametrize(
    ("name", "direction", "inside", "outside"),
    [
        ("Lebanon", "south", "Sidon", "Beirut"),
        ("Syria", "north", "Idlib", "Deir ez-Zor"),
        ("Iraq", "south", "Basra", "Baghdad"),
        ("Ukraine", "east", "Kharkiv", "Kyiv"),
        ("Gaza Strip", "north", "Beit Lahia", "Khan Younis"),
    ],
)
def test_a_part_holds_what_news_say_lies_there(
    world: Gazetteer, name: str, direction: str, inside: str, outside: str
) -> None:
    found = relate(Relation(RelationKind.PART, direction), [_place(world, name)], world)
    assert found is not None

    def holds(town: str) -> bool:
        candidates = [c.place for c in world.lookup(town) if c.place.country == found.place.country]
        settlement = next(p for p in candidates if p.kind in ("settlement", "district"))
        return any(ring_contains(polygon[0], settlement.point) for polygon in found.shape.polygons)

    assert holds(inside)
    assert not holds(outside)


def test_an_id_gives_the_same_place_again(world: Gazetteer) -> None:
    for relation, names in (
        (Relation(RelationKind.OFFSET, "south", 20_000.0), ["Mosul"]),
        (Relation(RelationKind.ROAD), ["Mosul", "Erbil"]),
        (Relation(RelationKind.BORDER), ["Iraq", "Syria"]),
    ):
        found = relate(relation, [_place(world, name) for name in names], world)
        assert found is not None
        assert from_id(found.place.id, world) == found


@pytest.mark.parametrize(
    "written",
    ["", "rel:", "rel:part", "rel:part:north:-:", "rel:part:north:-:geonames:0", "rel:x:north:-:geonames:163843",
     "rel:part:up:-:geonames:163843", "rel:offset:north:1e9:geonames:99072", "geonames:98182",
     "rel:between:-:-:geonames:99072|geonames:0", "rel:offset:north:99999999999:geonames:99072"],
)  # fmt: skip
def test_an_id_that_is_none_of_ours_gives_nothing(world: Gazetteer, written: str) -> None:
    assert from_id(written, world) is None


@given(st.text(max_size=60))
def test_any_text_may_be_asked_for_its_whole(text: str) -> None:
    assert isinstance(whole_of(f"rel:part:{text}"), str)
    assert whole_of(text) == text or text.startswith("rel:part:")
