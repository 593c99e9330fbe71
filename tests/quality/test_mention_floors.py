"""Place mentions of the corpora beside the repository, scored by the judge there; the floors only rise."""

import importlib.util
import json
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gazetteer import Gazetteer, Role
from geomap import Article, analyse
from geomap.exports.mentions import Spans, mentions_line

LARGEST = 250_000
"""Characters of a corpus that are read, from its start: enough to see a fall, few enough for a test."""
FLOORS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "mention_floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def judge(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "bench" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(path: Path) -> list[dict[str, Any]]:
    rows, size = [], 0
    for line in path.read_text("utf-8").splitlines():
        rows.append(json.loads(line))
        size += len(rows[-1]["text"])
        if size > LARGEST:
            break
    return rows


@pytest.mark.parametrize("corpus", sorted(FLOORS))
def test_floor(judge: ModuleType, shared: Path, world: Gazetteer, corpus: str) -> None:
    floor = FLOORS[corpus]
    roles, spans = frozenset(map(Role, floor["roles"])), Spans(floor["spans"])
    rows = _rows(shared / "bench" / "data" / f"{corpus}.jsonl")
    found = []
    for row in rows:
        article = Article(row["id"], "-", None, None, floor["language"], row["text"])
        found.append(json.loads(mentions_line(article, analyse(article, world).resolutions, roles, spans)))
    score = judge.score_mentions(rows, found)
    assert score["exact"]["F1"] >= floor["f1"], score
    if "acc161" in floor:
        assert score["acc161"] >= floor["acc161"], score
