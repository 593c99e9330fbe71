"""Golden texts that report several incidents: each trigger with its place, each figure with its incident."""

from datetime import date
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geomap import Article, Incident, analyse
from geomap.incident import Span

CASES = Path(__file__).parents[1] / "cases" / "several_incidents.tsv"
PUBLISHED = date(2024, 3, 7)


def _cases() -> list[list[str]]:
    lines = CASES.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _number(span: Span | None) -> str:
    return "?" if span is None else str(span.min)


def _fits(wanted: str, incident: Incident) -> bool:
    head, tolls = wanted.rsplit(":", 1)
    sub_type, name = (part.strip() for part in head.split("@"))
    killed, injured = (part.strip() for part in tolls.split("/"))
    place = incident.places[0].name
    core = name.strip("*")
    named = core in place if name.startswith("*") else place.startswith(core) if name.endswith("*") else place == core
    return (
        named
        and incident.sub_type == sub_type
        and (killed, injured) == (_number(incident.killed), _number(incident.injured))
    )


@pytest.mark.parametrize("case", _cases(), ids=lambda c: f"{c[0]}: {c[3]}")
def test_several_incidents(world: Gazetteer, case: list[str]) -> None:
    language, text, wanted, _ = case
    incidents = list(analyse(Article("1", "-", None, PUBLISHED, language, text), world).incidents)
    told = [(i.sub_type, i.places[0].name, _number(i.killed), _number(i.injured)) for i in incidents]
    for each in wanted.split(";"):
        fitting = next((i for i in incidents if _fits(each, i)), None)
        assert fitting is not None, (each, told)
        incidents.remove(fitting)
    assert incidents == [], told
