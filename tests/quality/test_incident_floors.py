"""Our own annotated articles, scored; the floors only rise."""

import importlib.util
import json
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse, to_geojson

HERE = Path(__file__).parent
CASES = HERE.parent / "cases" / "incidents.jsonl"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def judge(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_incidents", shared / "bench" / "score_incidents.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_floor(judge: ModuleType, world: Gazetteer, language: str) -> None:
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    cases = [case for case in cases if case["lang"] == language]
    predicted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases:
        article = Article(
            case["id"], "-", case["title"], date.fromisoformat(case["published"]), case["lang"], case["text"]
        )
        for feature in json.loads(to_geojson(analyse(article, world).incidents))["features"]:
            predicted[case["id"]].append(feature)
    score = judge.score(cases, predicted)
    floor = FLOORS[language]

    def f1(hits: int) -> float:
        return 2 * hits / max(1, score["gold"] + score["pred"])

    assert f1(score["place"]) >= floor["place"], score
    assert f1(score["type"]) >= floor["type"], score
    assert score["trapped"] / score["traps"] <= floor["trap_share"], score
    assert score["empty_ok"] == score["empty"], "an incident in an article that reports none"
