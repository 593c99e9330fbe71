"""Names of the news of wars, in English and in Arabic: all of them are found, and found in the right place."""

from pathlib import Path
from typing import NamedTuple

import pytest

from gazetteer import Gazetteer, LngLat
from gazetteer.distance import distance_m

PROBE = Path(__file__).parents[1] / "cases" / "probe.tsv"
FLOOR = 1100
"""Rows of the probe; the file may grow, a shorter one has lost cases."""


class Case(NamedTuple):
    """One place: its two names, and either a position with a tolerance or the id of an area."""

    english: str
    arabic: str
    lat: str
    lng: str
    expected: str


def _cases() -> list[Case]:
    lines = PROBE.read_text("utf-8").splitlines()
    return [Case(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def _fault(world: Gazetteer, name: str, case: Case) -> str | None:
    found = world.lookup(name)
    if not found:
        return f"{name}: unknown"
    place = found[0].place
    if case.lat == "-":
        return None if place.id == case.expected else f"{name}: {place.id}, not {case.expected}"
    away_km = distance_m(place.point, LngLat(float(case.lng), float(case.lat))) / 1000
    return None if away_km <= float(case.expected) else f"{name}: {place.id} is {away_km:.0f} km away"


@pytest.mark.parametrize("language", ["english", "arabic"])
def test_every_name_of_the_probe_is_found_in_its_place(world: Gazetteer, language: str) -> None:
    faults = [fault for case in _cases() if (fault := _fault(world, getattr(case, language), case))]
    assert not faults, "\n".join(faults)


def test_the_probe_is_as_long_as_it_was() -> None:
    cases = _cases()
    assert len(cases) >= FLOOR
    assert len({case.english for case in cases}) == len(cases)
