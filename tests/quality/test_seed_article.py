"""The seed article against its gold: what a careful analyst puts on the map of it, and what not."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection
from jsonschema import Draft202012Validator

from gazetteer import Gazetteer, LngLat, PlaceKind
from gazetteer.distance import distance_m
from geomap import Analysis, Article, Incident, analyse, to_geojson
from geomap.exports.schema import schema_text


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "seeds" / "article-ar.gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def seed(shared: Path, world: Gazetteer) -> Analysis:
    text = (shared / "seeds" / "article-ar.txt").read_text("utf-8")
    return analyse(Article("seed", "article-ar.txt", None, date(2023, 12, 8), "ar", text), world)


@pytest.fixture(scope="module")
def zone(seed: Analysis) -> Incident:
    (found,) = [i for i in seed.incidents if i.sub_type == "missile_or_rocket_attack"]
    return found


def test_one_rocket_attack_at_the_green_zone(zone: Incident, gold: dict[str, Any]) -> None:
    place = gold["places"]["green_zone"]
    assert (
        distance_m(zone.places[0].point, LngLat(place["lng"] if "lng" in place else place["lon"], place["lat"])) <= 3000
    )
    assert zone.places[0].precision in ("site", "district")
    assert zone.geometry is not None
    assert zone.geometry.type == "Point"
    assert (zone.count.min, zone.aggregate) == (1, False)
    assert zone.status == "official"
    assert (zone.killed, zone.injured) == (None, None)
    assert zone.actor_attribution == "suspected"
    assert zone.damage


def test_its_five_reports_are_evidence(zone: Incident, gold: dict[str, Any]) -> None:
    incident = next(i for i in gold["incidents"] if i["id"] == "I1")
    assert zone.source_count == len(incident["claims"]) == len(zone.reports)
    for wanted in incident["evidence"]:
        quotes = [(e.quote.start, e.quote.end) for e in zone.evidence]
        assert any(start <= wanted["start"] and wanted["end"] <= end for start, end in quotes), wanted["exact"]


def test_it_is_dated_from_the_publication(zone: Incident, gold: dict[str, Any]) -> None:
    wanted = next(i for i in gold["incidents"] if i["id"] == "I1")["date"]
    assert zone.when.basis == "inferred_from_publication"
    assert zone.when.start is not None
    assert zone.when.end is not None
    assert zone.when.start.isoformat() >= wanted["not_before"]
    assert zone.when.end.isoformat() in wanted["accept_best"]


@pytest.mark.parametrize(("country", "gold_id"), [("IQ", "I2"), ("SY", "I3")])
def test_counted_attacks_are_areas(seed: Analysis, gold: dict[str, Any], country: str, gold_id: str) -> None:
    wanted = next(i for i in gold["incidents"] if i["id"] == gold_id)
    (found,) = [i for i in seed.incidents if i.aggregate and i.places[0].country == country]
    assert (found.count.min, found.count.max) == (wanted["count"]["min"], wanted["count"]["max"])
    assert found.places[0].kind is PlaceKind.COUNTRY
    assert found.geometry is not None
    assert found.geometry.type in ("Polygon", "MultiPolygon")
    assert found.when.end is not None
    assert found.when.end.isoformat() <= wanted["date"]["not_after"]


def test_strikes_in_answer_are_areas_without_a_count_or_date(seed: Analysis) -> None:
    strikes = [i for i in seed.incidents if i.actor == "الولايات المتحدة"]
    assert sorted(str(i.places[0].country) for i in strikes) == ["IQ", "SY"]
    for strike in strikes:
        assert not strike.aggregate
        assert (strike.when.start, strike.when.end) == (None, None)
        assert strike.geometry is not None
        assert strike.geometry.type != "Point"


def test_nothing_else_is_an_incident(seed: Analysis, gold: dict[str, Any]) -> None:
    assert len(seed.incidents) == len([i for i in gold["incidents"] if i["map"]])
    forbidden = {"IR", "IL", "US", "SD", "LB"}
    for incident in seed.incidents:
        assert not forbidden & {p.country for p in incident.places}
        assert incident.count.min != 40


def test_every_quote_and_mark_is_an_exact_slice(seed: Analysis) -> None:
    text = seed.reading.article.text
    for incident in seed.incidents:
        for evidence in incident.evidence:
            quote = evidence.quote
            assert text[quote.start : quote.end] == quote.exact
            assert all(quote.start <= m.start < m.end <= quote.end for m in evidence.marks)
        for place in incident.places:
            assert text[place.start : place.end] == place.as_written


def test_its_geojson_is_valid(seed: Analysis) -> None:
    text = to_geojson(seed.incidents)
    FeatureCollection.model_validate_json(text)  # RFC 7946
    errors = list(Draft202012Validator(json.loads(schema_text())).iter_errors(json.loads(text)))
    assert [error.message for error in errors] == []


ROLES = {
    "incident-location": ("location", "facility"),
    "facility": ("location", "facility"),
    "background-location": ("location",),
    "actor-metonym": ("metonym",),
    "nationality-adjective": ("demonym",),
    "organisation-part": ("org_part", "location", "facility", "demonym"),  # السفارة الأميركية في بغداد is one name
    "person-name": ("person_part",),
}


def test_no_mention_that_is_no_place_is_read_as_one(seed: Analysis, gold: dict[str, Any]) -> None:
    wrong = []
    for wanted in gold["mentions"]:
        allowed = ROLES.get(wanted["role"])
        if allowed is None or wanted["nested_in"]:
            continue
        covering = [f for f in seed.found if f.mention.start < wanted["end"] and wanted["start"] < f.mention.end]
        wrong += [
            (wanted["surface"], wanted["role"], f.mention.role.value) for f in covering if f.mention.role not in allowed
        ]
    assert wrong == []
