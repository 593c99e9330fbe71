from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, fold

CASES = Path(__file__).parents[1] / "cases" / "scan.tsv"


def _cases() -> list[tuple[str, str, str, str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case[1]}-{case[4]}")
def test_scan_finds_the_names(world: Gazetteer, case: tuple[str, str, str, str, str]) -> None:
    text, language, names, no, trap = case
    found = [text[m.start : m.end] for m in world.scan(text, language=None if language == "-" else language)]
    wanted = [] if names == "-" else names.split("|")
    if names.endswith("*"):
        assert [fold(f) for f in found] == [fold(w.rstrip("*")) for w in wanted], trap
    else:
        assert [f for f in found if f in wanted] == wanted, (trap, found)
    assert wanted or no != "-", "a case asks for a name or forbids one"
    assert set(no.split("|")).isdisjoint(found), (trap, found)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="بوفكلال اغدادعرق'-ـَ baghdIıİ", max_size=80))
def test_matches_are_ordered_slices(world: Gazetteer, text: str) -> None:
    position = 0
    for match in world.scan(text):
        assert position <= match.start < match.end <= len(text)
        position = match.end
        assert match.postings


def test_a_name_found_in_a_text_is_found_alone(world: Gazetteer) -> None:
    for name in ("المنطقة الخضراء", "Ain al-Asad", "Deir ez-Zor", "عين الأسد"):
        assert world.lookup(name), name


def test_names_of_a_million_characters_end(world: Gazetteer) -> None:
    assert world.lookup("a" * 1_000_000) == ()
    assert world.lookup("بغداد " * 100_000) == ()
    assert list(world.scan("و" * 300_000)) == []


def test_control_characters_and_lone_surrogates_are_no_names(world: Gazetteer) -> None:
    for name in ("", "\x00", "\ud800", "\u202e", "  ", "..."):
        assert world.lookup(name) == ()
    assert world.lookup("\u202eBaghdad\u202c")[0].place.name == "Baghdad"
