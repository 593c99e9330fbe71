"""Rivers and lakes: known in Arabic and English, drawn as areas, and no place lies in a river."""

from collections.abc import Iterator

import pytest

from gazetteer import Gazetteer
from gazetteer.build.area_rows import RIVERS
from gazetteer.build.areas import AreaSources
from gazetteer.geometry import Bounds
from gazetteer.place import LngLat, PlaceKind


@pytest.fixture(scope="module")
def world() -> Iterator[Gazetteer]:
    with Gazetteer() as world:
        yield world


@pytest.mark.parametrize(
    ("names", "id_"),
    [
        (("Euphrates", "نهر الفرات", "الفرات", "Евфрат"), "water:euphrates"),
        (("Tigris", "نهر دجلة", "دجلة"), "water:tigris"),
        (("Nile River", "نهر النيل"), "water:nile"),
        (("Dnieper", "Dnipro River", "نهر دنيبر"), "water:dnipro-river"),
        (("Jordan River", "نهر الأردن", "נהר הירדן"), "water:jordan-river"),
        (("Litani", "نهر الليطاني", "הליטאני"), "water:litani"),
        (("Dead Sea", "البحر الميت", "Мёртвое море"), "water:dead-sea"),
        (("Lake Chad", "بحيرة تشاد"), "water:lake-chad"),
        (("Suez Canal", "قناة السويس"), "water:suez-canal"),
        (("Kakhovka Reservoir", "Каховское водохранилище"), "water:kakhovka-reservoir"),
    ],
)
def test_a_water_is_found_and_has_an_area(world: Gazetteer, names: tuple[str, ...], id_: str) -> None:
    for name in names:
        place = world.lookup(name)[0].place
        assert (place.id, place.kind, place.has_area) == (id_, PlaceKind.WATER, True), name


@pytest.mark.parametrize(("name", "kind"), [("Jordan", "country"), ("Niger", "country"), ("الأردن", "country")])
def test_a_country_is_not_its_river(world: Gazetteer, name: str, kind: str) -> None:
    assert world.lookup(name)[0].place.kind.value == kind


def test_a_river_holds_no_place_and_a_lake_does(world: Gazetteer) -> None:
    on_the_tigris = world.containing(LngLat(44.39, 33.33))
    assert "water:tigris" not in [place.id for place in on_the_tigris]
    assert world.containing(LngLat(35.48, 31.5))[0].id == "water:dead-sea"


def test_every_water_has_both_names_and_lies_on_earth() -> None:
    sources = AreaSources()
    assert len(sources.waters) > 120
    assert sum(water.feature in RIVERS for water in sources.waters) > 80
    for water in sources.waters:
        assert {"ar", "en"} <= {names.language for names in water.names}, water.key
        shape = sources.water_shape(water.key)
        assert shape.bounds.intersects(Bounds(-180, -60, 180, 80)), water.key
        assert len(shape.positions) < 1200, water.key


def test_a_river_runs_where_it_should() -> None:
    sources = AreaSources()
    for key, lng, lat in (("euphrates", 40.14, 35.33), ("tigris", 43.13, 36.34), ("dnipro-river", 32.6, 46.6)):
        positions = sources.water_shape(key).positions
        assert min(abs(p.lng - lng) + abs(p.lat - lat) for p in positions) < 0.3, key
