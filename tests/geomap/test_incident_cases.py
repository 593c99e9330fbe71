"""Golden texts: what is an incident, and what is none."""

from datetime import date
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse
from geomap.incident import Span

CASES = Path(__file__).parents[1] / "cases"
PUBLISHED = date(2024, 3, 7)


def _cases(name: str) -> list[list[str]]:
    lines = [line for line in (CASES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines]


@pytest.mark.parametrize("case", _cases("no_incident.tsv"), ids=lambda c: f"{c[0]}: {c[2]}")
def test_no_incident(world: Gazetteer, case: list[str]) -> None:
    language, text, _ = case
    analysis = analyse(Article("1", "-", None, PUBLISHED, language, text), world)
    assert [i.title for i in analysis.incidents] == []


def _number(span: Span | None) -> str:
    return "?" if span is None else str(span.min)


def _fits(wanted: str, got: str) -> bool:
    return got.startswith(wanted[:-1]) if wanted.endswith("*") else got == wanted


@pytest.mark.parametrize("case", _cases("one_incident.tsv"), ids=lambda c: f"{c[0]}: {c[10]}")
def test_one_incident(world: Gazetteer, case: list[str]) -> None:
    language, text, *wanted, _ = case
    analysis = analyse(Article("1", "-", None, PUBLISHED, language, text), world)
    assert len(analysis.incidents) == 1, [i.title for i in analysis.incidents]
    incident = analysis.incidents[0]
    place = incident.places[0]
    got = [
        str(incident.sub_type),
        place.name,
        str(place.country),
        place.precision.value,
        str(incident.when.start),
        _number(incident.killed),
        _number(incident.injured),
        str(incident.count.min),
    ]
    assert all(_fits(w, g) for w, g in zip(wanted, got, strict=True)), list(zip(wanted, got, strict=True))
    assert incident.evidence[0].quote.exact in text
