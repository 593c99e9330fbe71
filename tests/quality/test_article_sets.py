"""The annotated development articles are well formed: offsets, codes, dates and quotes can be trusted."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ARTICLES = Path(__file__).parent / "articles"
HALVES = ("build", "measure")
SETS = (*HALVES, "further")
FILES = [path for name in SETS for path in sorted((ARTICLES / name).glob("*.json"))]

KEYS = {"id", "lang", "published", "based_on", "title", "text", "incidents", "not_incidents", "mentions"}
INCIDENT_KEYS = {
    *("name", "lat", "lon", "tol_km", "level", "iso2", "macro", "sub", "also", "date_start", "date_end"),
    *("killed", "injured", "count", "status", "quote"),
}
LEVELS = {"site", "settlement", "district", "province", "country", "region", "water"}
STATUSES = {"reported", "official", "claimed", "denied", "disputed"}
ROLES_WITH_A_PLACE = {"location", "metonym", "demonym"}
ROLES_WITHOUT = {"org_part", "person_part", "facility"}
MACROS = {
    *("remote_violence", "battle", "violence_against_civilians", "unrest", "security_operation"),
    *("property_destruction", "hazard", "accident", "health", "other"),
}
SUBS = {
    *("air_strike", "drone_strike", "missile_or_rocket_attack", "shelling", "bombing", "suicide_bombing", "landmine"),
    *("armed_clash", "shooting", "assassination", "abduction", "massacre", "protest", "riot", "labour_strike"),
    *("arrest", "raid", "interception", "arson", "sabotage", "demolition", "earthquake", "flood", "wildfire", "fire"),
    *("storm", "landslide", "avalanche", "drought", "epidemic", "transport_accident", "shipwreck"),
    *("industrial_accident", "building_collapse", "explosion"),
}
BIDI_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they would shift offsets unseen


def load(path: Path) -> list[dict[str, Any]]:
    articles = json.loads(path.read_text("utf-8"))
    assert isinstance(articles, list)
    return articles


def everything() -> list[tuple[str, dict[str, Any]]]:
    return [(path.parent.name, article) for path in FILES for article in load(path)]


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_article_form(path: Path) -> None:
    for article in load(path):
        name = article["id"]
        assert set(article) == KEYS, name
        assert article["lang"] == path.stem, name
        prefix = "dev2" if path.parent.name == "further" else "dev"
        assert name.startswith(f"{prefix}-{path.stem}-"), name
        assert article["based_on"], name
        assert article["title"].strip(), name
        assert date.fromisoformat(article["published"]), name
        assert 550 <= len(article["text"]) <= 2000, (name, len(article["text"]))
        assert not set(BIDI_MARKS) & set(article["text"]), name


def test_incidents(path: Path) -> None:
    for article in load(path):
        for incident in article["incidents"]:
            where = (article["id"], incident.get("name"))
            assert set(incident) == INCIDENT_KEYS, where
            assert incident["quote"], where
            assert incident["quote"] in article["text"], where
            assert incident["macro"] in MACROS, where
            assert {incident["sub"], *incident["also"]} <= SUBS, where
            assert incident["level"] in LEVELS, where
            assert incident["status"] in STATUSES, where
            assert -90 <= incident["lat"] <= 90, where
            assert -180 <= incident["lon"] <= 180, where
            assert incident["tol_km"] > 0, where
            assert incident["iso2"] is None or (len(incident["iso2"]) == 2 and incident["iso2"].isupper()), where
            assert incident["count"] >= 1, where


def test_dates_and_figures(path: Path) -> None:
    for article in load(path):
        for incident in article["incidents"]:
            where = (article["id"], incident["name"])
            start, end = incident["date_start"], incident["date_end"]
            assert (start is None) == (end is None), where
            if start is not None:
                first, last = date.fromisoformat(start), date.fromisoformat(end)
                assert first <= last <= date.fromisoformat(article["published"]), where
            for figure in (incident["killed"], incident["injured"]):
                if figure is not None:
                    low, high = figure
                    assert 0 <= low <= high, where


def test_mentions_and_traps(path: Path) -> None:
    for article in load(path):
        text = article["text"]
        for mention in article["mentions"]:
            where = (article["id"], mention)
            assert text[mention["start"] : mention["end"]] == mention["surface"], where
            assert mention["role"] in ROLES_WITH_A_PLACE | ROLES_WITHOUT, where
            if mention["role"] in ROLES_WITH_A_PLACE:
                assert mention["level"] in LEVELS, where
                assert -90 <= mention["lat"] <= 90, where
                assert -180 <= mention["lon"] <= 180, where
        assert article["not_incidents"], article["id"]
        for trap in article["not_incidents"]:
            assert trap["surface"], article["id"]
            assert trap["surface"] in text, (article["id"], trap["surface"])
            assert trap["why"].strip(), (article["id"], trap["surface"])


def test_ids_and_texts_are_unique() -> None:
    articles = [article for _, article in everything()]
    assert not [name for name, times in Counter(a["id"] for a in articles).items() if times > 1]
    assert len({a["text"] for a in articles}) == len(articles)


def test_the_sets_are_large_enough() -> None:
    # What issue 5 asks of the development set: 120 articles, 24 of them Arabic, 20 that report nothing.
    articles = [article for _, article in everything()]
    assert len(articles) >= 120
    assert sum(a["lang"] == "ar" for a in articles) >= 24
    assert sum(not a["incidents"] for a in articles) >= 20


@pytest.mark.parametrize("language", sorted({path.stem for path in FILES}))
def test_each_language_is_in_both_halves(language: str) -> None:
    sizes = {half: sum(h == half and a["lang"] == language for h, a in everything()) for half in HALVES}
    assert min(sizes.values()) >= 1, sizes
    assert abs(sizes["build"] - sizes["measure"]) <= 1, sizes


@pytest.mark.parametrize("language", sorted({path.stem for path in FILES}))
def test_no_event_is_in_both_halves(language: str) -> None:
    told: dict[str, list[tuple[str, dict[str, Any]]]] = {half: [] for half in HALVES}
    for half, article in everything():
        if half in told and article["lang"] == language:
            told[half] += [(article["id"], incident) for incident in article["incidents"] if incident["date_start"]]
    for name, one in told["build"]:
        for other_name, other in told["measure"]:
            same_kind = (one["macro"], one["date_start"]) == (other["macro"], other["date_start"])
            near = abs(one["lat"] - other["lat"]) < 0.3 and abs(one["lon"] - other["lon"]) < 0.3
            assert not (same_kind and near), (name, other_name, one["name"], other["name"])


def test_eventful_articles_report_several_incidents() -> None:
    found = [len(a["incidents"]) for _, a in everything() if a["incidents"]]
    assert sum(found) / len(found) >= 3
