"""Names read by their sound, from `tests/cases/heard.tsv`, and what keeps the reading honest."""

from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse
from geomap.heard import frequent_words
from geomap.languages import available

CASES = Path(__file__).parents[1] / "cases" / "heard.tsv"


def _cases() -> list[tuple[str, str, str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


@pytest.mark.parametrize(("language", "marked", "place", "trap"), _cases(), ids=[c[3] for c in _cases()])
def test_heard(world: Gazetteer, language: str, marked: str, place: str, trap: str) -> None:
    start, end = marked.index("[["), marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    analysis = analyse(Article("1", "-", None, None, language, text), world)
    found = [
        resolution.place.name.removesuffix(" District")
        for item, resolution in zip(analysis.found, analysis.resolutions, strict=True)
        if item.mention.start < end and start < item.mention.end and resolution.place
    ]
    assert found == ([] if place == "none" else [place]), trap


def test_a_reading_by_sound_says_so_and_is_less_sure(world: Gazetteer) -> None:
    text = "У Венесуелі одна людина загинула у Кабімас."
    analysis = analyse(Article("1", "-", None, None, "uk", text), world)
    (resolution,) = [r for r in analysis.resolutions if r.place and r.place.name == "Cabimas"]
    assert resolution.reasons[0] == "read by its sound: the gazetteer has Cabimas, 0.00 apart"
    assert resolution.confidence < 0.9
    assert text[resolution.mention.start : resolution.mention.end] == "Кабімас"


def test_nothing_is_heard_where_no_country_is_spoken_of(world: Gazetteer) -> None:
    analysis = analyse(Article("1", "-", None, None, "uk", "Одна людина загинула у Кабімас."), world)
    assert not [r for r in analysis.resolutions if r.place]


def test_frequent_words_are_folded_words_of_languages_we_read() -> None:
    for path in (Path(__file__).parents[2] / "geomap/languages/frequent").glob("*.txt"):
        assert path.stem in available()
        assert len(frequent_words(path.stem)) > 20_000
    assert frequent_words("en") == frozenset()
