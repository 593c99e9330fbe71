"""Our own annotated articles, scored by the judge beside the repository; the floors only rise.

Three sets: ``cases`` (14 articles full of traps), and the two halves of ``articles``: ``build``, which the rules were
written with, and ``measure``, which nobody looked into.
"""

import importlib.util
import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse, to_geojson

HERE = Path(__file__).parent
CASES = HERE.parent / "cases" / "incidents.jsonl"
FLOORS: Mapping[str, Mapping[str, Mapping[str, float]]] = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
POOL = "all"
"""Traps and silence are counted over the languages of a set: one empty article a language tells too little."""
SETS = [(name, language) for name, floors in sorted(FLOORS.items()) for language in sorted(floors) if language != POOL]


@pytest.fixture(scope="module")
def judge(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_incidents", shared / "bench" / "score_incidents.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _articles(name: str, language: str) -> list[dict[str, Any]]:
    if name == "cases":
        rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    else:
        rows = json.loads((HERE / "articles" / name / f"{language}.json").read_text("utf-8"))
    return [row for row in rows if row["lang"] == language]


def _score(judge: ModuleType, world: Gazetteer, name: str, language: str) -> Counter[str]:
    rows = _articles(name, language)
    predicted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        article = Article(row["id"], "-", row["title"], date.fromisoformat(row["published"]), row["lang"], row["text"])
        predicted[row["id"]] += json.loads(to_geojson(analyse(article, world).incidents))["features"]
    score: Counter[str] = judge.score(rows, predicted)
    return score


@pytest.mark.parametrize(("name", "language"), SETS)
def test_floor(judge: ModuleType, world: Gazetteer, name: str, language: str) -> None:
    score = _score(judge, world, name, language)
    floor = FLOORS[name][language]

    def f1(hits: int) -> float:
        return 2 * hits / max(1, score["gold"] + score["pred"])

    assert f1(score["place"]) >= floor["place"], score
    assert f1(score["type"]) >= floor["type"], score
    assert f1(score["date"]) >= floor["date"], score


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_traps_and_silence(judge: ModuleType, world: Gazetteer, name: str) -> None:
    languages = [language for known, language in SETS if known == name]
    score: Counter[str] = sum((_score(judge, world, name, language) for language in languages), Counter())
    assert score["trapped"] / score["traps"] <= FLOORS[name][POOL]["trap_share"], score
    assert score["empty_ok"] >= FLOORS[name][POOL]["silent"], "incidents in articles that report none"


@pytest.mark.parametrize("name", ["build", "measure"])
def test_the_surer_half_is_righter(judge: ModuleType, world: Gazetteer, name: str) -> None:
    rows: list[tuple[float, bool]] = []
    for language in (language for known, language in SETS if known == name):
        for row in _articles(name, language):
            published = date.fromisoformat(row["published"])
            article = Article(row["id"], "-", row["title"], published, row["lang"], row["text"])
            features = json.loads(to_geojson(analyse(article, world).incidents))["features"]
            right = {j for _, j, typed, _ in judge.best_pairs(row["incidents"], features) if typed}
            rows += [(f["properties"]["confidence"], j in right) for j, f in enumerate(features)]
    rows.sort(key=lambda pair: -pair[0])
    middle = len(rows) // 2
    surer, other = ([right for _, right in half] for half in (rows[:middle], rows[middle:]))
    assert sum(surer) / len(surer) > sum(other) / len(other) + 0.05
