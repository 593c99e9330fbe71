from gazetteer.format import NameFlag
from gazetteer.place import LngLat, Place, PlaceKind
from gazetteer.ranking import prominence


def _place(kind: PlaceKind, feature: str = "PPL", population: int = 0, source: str = "geonames cities500") -> Place:
    return Place("x", "X", kind, feature, LngLat(0, 0), "IQ", (), population, 1000, has_area=False, source=source)


def test_a_country_before_a_metropolis_of_its_name() -> None:
    assert prominence(_place(PlaceKind.COUNTRY)) > prominence(_place(PlaceKind.SETTLEMENT, "PPLC", 30_000_000))


def test_a_capital_before_its_governorate_and_that_before_a_town() -> None:
    capital = prominence(_place(PlaceKind.SETTLEMENT, "PPLC", 7_000_000))
    governorate = prominence(_place(PlaceKind.ADMIN1, "ADM1"))
    town = prominence(_place(PlaceKind.SETTLEMENT, "PPL", 20_000))
    assert capital > governorate > town


def test_a_village_that_an_editor_put_in_before_an_unknown_one() -> None:
    curated = _place(PlaceKind.SETTLEMENT, source="curated: geonames:1")
    assert prominence(curated) > prominence(_place(PlaceKind.SETTLEMENT, population=4_000))


def test_a_main_name_before_a_variant_of_an_equal() -> None:
    place = _place(PlaceKind.SETTLEMENT, population=50_000)
    assert prominence(place, NameFlag.PREFERRED) > prominence(place, NameFlag(0))
