"""The learned heads of joining: their data, what they join, and the door to the sentence encoder."""

from collections.abc import Sequence
from datetime import date

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse, encoder
from geomap.incidents import heads

PUBLISHED = date(2024, 3, 7)


def _article(text: str, language: str = "en") -> Article:
    return Article("1", "-", None, PUBLISHED, language, text)


def test_heads_are_numbers_by_name() -> None:
    assert set(heads.tables()) == {"carried", "inherited", "untold"}
    for table in heads.tables().values():
        assert table["bias"] < 0  # without a sign nothing is joined
        assert all(abs(weight) < 10 for weight in table.values())


def test_telling_names_the_heaviest_signs_first() -> None:
    fitted = heads.weights("carried")
    first, second = sorted((name for name in fitted if name != "bias"), key=lambda n: -abs(fitted[n]))[:2]
    told = heads.telling("carried", {second: 1.0, first: 1.0, "unheard of": 5.0, "bias": 1.0})
    assert [part.split()[0] for part in told.split(", ")] == [first, second]


def test_a_trigger_without_a_place_takes_the_one_told_before(world: Gazetteer) -> None:
    """The place stands behind a comma as the container of one that nothing resolves."""
    text = "Gunmen assassinated a judge in Quetta on Tuesday."
    analysis = analyse(_article(text), world)
    assert [i.places[0].name for i in analysis.incidents] == ["Quetta"]
    place = analysis.incidents[0].places[0]
    assert text[place.start : place.end] == place.as_written


def test_no_dead_of_an_arrest(world: Gazetteer) -> None:
    text = "Police arrested a man in Lyon on Tuesday over the killing of two people."
    (incident,) = analyse(_article(text), world).incidents
    assert (incident.sub_type, incident.killed) == ("arrest", None)


def _hears(event: float) -> list[encoder.Reading]:
    return [encoder.Reading(event, {"hazard": 0.9, "unrest": 0.1, "health": 0.0})]


def test_without_the_encoder_a_silent_sentence_tells_nothing(world: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "is_installed", lambda: False)
    monkeypatch.setattr(encoder, "readings", lambda texts: pytest.fail(f"read {texts}"))
    text = "Nine farmhands never came home in Ravenna on Tuesday."
    assert analyse(_article(text), world).incidents == ()


@pytest.mark.parametrize(("event", "found"), [(1.2, ["hazard"]), (-1.0, [])])
def test_what_the_encoder_hears_is_an_event_at_the_place_of_its_clause(
    world: Gazetteer, monkeypatch: pytest.MonkeyPatch, event: float, found: list[str]
) -> None:
    text = "Nine farmhands never came home in Ravenna on Tuesday."

    def readings(texts: Sequence[str]) -> list[encoder.Reading]:
        assert list(texts) == [text]
        return _hears(event)

    monkeypatch.setattr(encoder, "is_installed", lambda: True)
    monkeypatch.setattr(encoder, "readings", readings)
    incidents = analyse(_article(text), world).incidents
    assert [i.event_type for i in incidents] == found
    for incident in incidents:
        assert incident.sub_type is None
        assert incident.places[0].name == "Ravenna"
        assert incident.evidence[0].quote.exact in text
        assert incident.when.end == date(2024, 3, 5)
