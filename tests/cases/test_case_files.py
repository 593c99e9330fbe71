"""The hand-made articles: their annotations point at what they say, and the judge can read them."""

import importlib.util
import json
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from geomap.articles import Article, read_articles
from geomap.articles.language import detect_language
from geomap.incident import SUB_TYPES, Status

ROOT = Path(__file__).resolve().parents[2]
JUDGE = ROOT.parent / "shared" / "bench" / "score_incidents.py"
CASES_FILE = ROOT / "tests" / "cases" / "incidents.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in CASES_FILE.read_text("utf-8").splitlines()]
EXAMPLES = ROOT / "examples" / "articles"
LEVELS = {"site", "settlement", "district", "province", "country", "region", "water"}
INCIDENTS = [
    pytest.param(case, incident, id=f"{case['id']}-{number}")
    for case in CASES
    for number, incident in enumerate(case["incidents"])
]


class TestExamples:
    def test_every_one_is_read(self) -> None:
        articles = list(read_articles([str(EXAMPLES)]))
        assert all(isinstance(article, Article) for article in articles), articles
        assert len(articles) == 7

    def test_the_lines_of_the_news_file(self) -> None:
        articles = [a for a in read_articles([str(EXAMPLES / "news.jsonl")]) if isinstance(a, Article)]
        assert Counter(article.language for article in articles) == {"ar": 3, "en": 3}
        for article in articles:
            assert 600 <= len(article.text) <= 1500
            assert article.title
            assert article.published
            assert article.url == f"https://example.org/news/{article.id}"
            assert detect_language(article.text) == article.language

    def test_the_plain_text(self) -> None:
        [article] = read_articles([str(EXAMPLES / "aleppo.txt")])
        assert isinstance(article, Article)
        assert (article.language, article.published) == ("en", None)


class TestCases:
    def test_there_are_fourteen_of_two_languages(self) -> None:
        assert Counter(case["lang"] for case in CASES) == {"ar": 8, "en": 6}
        assert len({case["id"] for case in CASES}) == len(CASES)

    def test_some_articles_report_nothing_mappable(self) -> None:
        assert sum(not case["incidents"] for case in CASES) >= 3

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
    def test_every_trap_is_in_the_text_and_explained(self, case: dict[str, Any]) -> None:
        assert case["not_incidents"]
        for trap in case["not_incidents"]:
            assert trap["surface"] in case["text"]
            assert trap["why"]

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
    def test_the_language_is_the_one_that_it_is_in(self, case: dict[str, Any]) -> None:
        assert detect_language(case["text"]) == case["lang"]
        assert date.fromisoformat(case["published"])

    @pytest.mark.parametrize(("case", "incident"), INCIDENTS)
    def test_a_quote_is_one_whole_sentence_of_the_text(self, case: dict[str, Any], incident: dict[str, Any]) -> None:
        quote = incident["quote"]
        assert case["text"].count(quote) == 1
        assert quote.endswith((".", '."'))
        at = case["text"].index(quote)
        assert at == 0 or case["text"][at - 1] in " \n"

    @pytest.mark.parametrize(("case", "incident"), INCIDENTS)
    def test_an_incident_uses_the_vocabularies(self, case: dict[str, Any], incident: dict[str, Any]) -> None:
        assert incident["sub"] in SUB_TYPES[incident["macro"]]
        assert incident["level"] in LEVELS
        assert incident["status"] in {status.value for status in Status}
        assert -90 <= incident["lat"] <= 90
        assert -180 <= incident["lon"] <= 180
        assert incident["tol_km"] > 0
        assert incident["count"] >= 1
        start, end = date.fromisoformat(incident["date_start"]), date.fromisoformat(incident["date_end"])
        assert start <= end <= date.fromisoformat(case["published"])
        for what in ("killed", "injured"):
            if incident[what] is not None:
                low, high = incident[what]
                assert 0 <= low <= high


def judge() -> ModuleType:
    if not JUDGE.exists():
        pytest.skip("the shared judge of incidents is not on this machine")
    spec = importlib.util.spec_from_file_location("score_incidents", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PRECISION = {"province": "admin1"}


def right_answer(incident: dict[str, Any], surface: str) -> dict[str, Any]:
    spans = {f"{what}_min": incident[what][0] if incident[what] else None for what in ("killed", "injured")} | {
        f"{what}_max": incident[what][1] if incident[what] else None for what in ("killed", "injured")
    }
    return {
        "geometry": {"type": "Point", "coordinates": [incident["lon"], incident["lat"]]},
        "properties": {
            "event_type": incident["macro"],
            "sub_type": incident["sub"],
            "precision": PRECISION.get(incident["level"], incident["level"]),
            "country": incident["iso2"],
            "date_start": incident["date_start"],
            "date_end": incident["date_end"],
            "count_min": incident["count"],
            "places": [{"as_written": surface}],
            **spans,
        },
    }


def test_the_judge_gives_the_right_answers_full_marks() -> None:
    answers = {case["id"]: [right_answer(i, "nowhere") for i in case["incidents"]] for case in CASES}
    marks = judge().score(CASES, answers)
    total = sum(len(case["incidents"]) for case in CASES)
    assert all(marks[what] == total for what in ("gold", "pred", "place", "type", "date"))
    assert all(marks[what] == total for what in ("killed", "injured", "count"))
    assert marks["trapped"] == 0
    assert marks["empty_ok"] == marks["empty"] >= 3


def test_the_judge_sees_who_falls_into_a_trap() -> None:
    answers = {
        case["id"]: [
            right_answer(CASES[0]["incidents"][0], trap["surface"])
            for trap in case["not_incidents"]
            if not any(trap["surface"] in incident["quote"] for incident in case["incidents"])
        ]
        for case in CASES
    }
    marks = judge().score(CASES, answers)
    assert marks["trapped"] == sum(map(len, answers.values()))
    assert marks["trapped"] > marks["traps"] * 0.7
