from pathlib import Path

import pytest

from gazetteer import Gazetteer, LngLat
from gazetteer.distance import distance_m

CASES = Path(__file__).parents[1] / "cases" / "lookup.tsv"


def _cases() -> list[list[str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines]


@pytest.mark.parametrize("case", _cases(), ids=lambda c: f"{c[0]}/{c[1]}")
def test_what_comes_first(world: Gazetteer, case: list[str]) -> None:
    name, country, kind, iso, lat, lng, within_km, trap = case
    found = world.lookup(name, country=None if country == "-" else country)
    assert found, trap
    place = found[0].place
    assert kind in ("-", place.kind.value), (trap, place)
    assert (place.country or "-") == iso, (trap, place)
    assert distance_m(place.point, LngLat(float(lng), float(lat))) <= float(within_km) * 1000, (trap, place)
