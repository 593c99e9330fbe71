"""The store of places: ids, the largest places of a box, names by language."""

from collections.abc import Iterator

import pytest

from gazetteer.format import DATA
from gazetteer.geometry import Bounds
from gazetteer.place import PlaceKind
from gazetteer.store import PlaceStore, stored_id


@pytest.fixture(scope="module")
def store() -> Iterator[PlaceStore]:
    store = PlaceStore(DATA)
    yield store
    store.close()


@pytest.mark.parametrize("id_", ["geonames:98182", "icao:EGLL", "sea:red-sea", "disputed:golan-heights"])
def test_an_id_comes_back(store: PlaceStore, id_: str) -> None:
    ordinal = store.ordinal(id_)
    assert ordinal is not None
    assert store.place(ordinal).id == id_


@pytest.mark.parametrize("id_", ["geonames:", "geonames:007", "geonames:²", "geonames:" + "9" * 40, "98182", ""])
def test_what_is_no_id_is_no_place(store: PlaceStore, id_: str) -> None:
    assert stored_id(id_) == id_, "kept as text"
    assert store.ordinal(id_) is None


def test_the_largest_places_of_a_box(store: PlaceStore) -> None:
    found = store.largest(PlaceKind.SETTLEMENT, Bounds(35, 33, 37, 35), 5)
    assert len(found) == 5
    assert {"Beirut", "Damascus"} <= {place.name for place in found}
    assert [place.population for place in found] == sorted((p.population for p in found), reverse=True)
    assert store.largest(PlaceKind.SETTLEMENT, Bounds(-40, 30, -39, 31), 5) == ()
    assert len(store.largest(PlaceKind.COUNTRY, Bounds(-180, -90, 180, 90), 300)) > 200


@pytest.mark.parametrize(
    ("id_", "language", "name"),
    [
        ("geonames:98182", "ar", "بغداد"),
        ("geonames:98182", "ru", "Багдад"),
        ("geonames:99532", "ar", "البصرة"),
        ("geonames:170063", "fr", "Alep"),
        ("geonames:706483", "uk", "Харків"),
        ("geonames:293397", "he", "תל אביב"),
    ],
)
def test_names_to_show(store: PlaceStore, id_: str, language: str, name: str) -> None:
    shown = store.name(id_, language)
    assert shown is not None
    assert shown.startswith(name)
