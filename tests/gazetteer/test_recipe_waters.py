"""The recipe's districts and waters on hand-made input."""

import struct

import pytest
import shapely

from gazetteer.build.recipe import districts, packages, waters
from gazetteer.build.recipe.packages import City, Outline, Subdivision
from gazetteer.build.recipe.tables import NamedSea
from gazetteer.errors import SourceError
from gazetteer.place import LngLat

pytestmark = pytest.mark.skipif(
    tuple(map(int, shapely.__version__.split(".")[:2])) < (2, 1), reason="orient_polygons is of shapely 2.1"
)


def town(number: int, lng: float, admin2: str = "7") -> City:
    return City(number, "IQ", "PPL", "15", admin2, LngLat(lng, 36.0))


def district(number: int, name: str, country: str = "IQ") -> Subdivision:
    return Subdivision(number, country, f"{country}.15.{number}", name, ())


def outline(key: str, name: str, lng: float) -> Outline:
    return Outline(key, "IQ", name, LngLat(lng, 36.0), 30_000)


def test_a_district_is_where_its_settlements_are() -> None:
    (found,) = districts.build([district(7, "Sinjar District")], [town(1, 42.0), town(2, 42.4)], ())
    assert found.basis == "members"
    assert found.point == LngLat(42.2, 36.0)
    assert 22_000 < found.radius_m < 24_000, "half their distance and the fringe"


def test_an_outline_of_its_name_nearby_is_better_and_one_far_away_is_another() -> None:
    members = [town(1, 42.0), town(2, 42.4)]
    (near,) = districts.build([district(7, "Sinjar District")], members, [outline("a", "Sinjar", 42.1)])
    assert (near.basis, near.point.lng if near.point else None) == ("outline", 42.1)
    (far,) = districts.build([district(7, "Sinjar District")], members, [outline("a", "Sinjar", 45)])
    assert far.basis == "members"


def test_outlines_of_a_finer_level_give_no_reach() -> None:
    (found,) = districts.build([district(7, "Ariha")], [], [outline("a", "Ariha", 42), outline("b", "Ehsem", 42.3)])
    assert (found.basis, found.radius_m) == ("centre", 0)


def test_two_outlines_of_a_name_say_nothing_and_france_is_left_out() -> None:
    (found,) = districts.build(
        [district(7, "Balad"), district(8, "Other", "FR")], [], [outline("a", "Balad", 42), outline("b", "Balad", 44)]
    )
    assert (found.point, found.basis) == (None, "")


def water(shape: str) -> NamedSea:
    return NamedSea("x", "STM", shape, (("en", ("X",)),), "waters.tsv:9")


def test_a_river_is_a_band_in_its_box() -> None:
    lines = {"Rio": shapely.LineString([(0, 0), (10, 0)])}
    (found,) = waters.build(lines, [water("Rio @ 2 -1 5 1")])
    assert found.geometry.bounds == pytest.approx((2, -0.015, 5, 0.015), abs=0.002)


@pytest.mark.parametrize(("shape", "message"), [("Styx", "no centreline Styx"), ("Rio @ 50 50 60 60", "nothing of")])
def test_a_river_that_is_not_there_is_refused_with_its_line(shape: str, message: str) -> None:
    with pytest.raises(SourceError, match=rf"waters\.tsv:9: {message}"):
        waters.build({"Rio": shapely.LineString([(0, 0), (10, 0)])}, [water(shape)])


def test_a_catalogue_of_names_is_read_and_a_damaged_one_refused() -> None:
    texts = b"98182\0\xd8\xa8\0"
    catalogue = struct.pack("<7I", 0x950412DE, 0, 1, 28, 36, 0, 0) + struct.pack("<4I", 5, 44, 2, 50) + texts
    assert list(packages._messages(catalogue)) == [("98182", "ب")]
    with pytest.raises(SourceError, match="damaged"):
        list(packages._messages(b"\0" * 64))
