"""Fit the heads that join what an article says (`geomap.incidents.heads`); writes ``geomap/heads.json``.

    python benchmarks/fit_heads.py                     cross-validate by article and by language, write the file
    python benchmarks/fit_heads.py --dry               do not write
    python benchmarks/fit_heads.py --more FILE.json    further annotated articles to fit on

A pair (an event and a place) is positive when an annotated incident of its article has that type and that place, by
the judge beside the repository. One logistic regression a head (L2, by Newton's method). Where the sentence encoder is
installed its directions (``fit_encoder.py``) are fitted anew without each part too, and the head that needs it is
fitted; else that head stays as it is. The figure that counts is end to end: place + type F1 of the whole path on
articles that were left out of the fit. Needs the judge; run time does not.
"""

import importlib.util
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import fit_encoder
import numpy as np

from gazetteer import Gazetteer, open_gazetteer
from geomap import Article, analyse, encoder, to_geojson
from geomap.assemble import Told, incident_place
from geomap.incidents import heads
from geomap.incidents.draft import Location
from geomap.incidents.heads import Pair
from geomap.pipeline import Analysis
from geomap.shapes import located

ROOT = Path(__file__).resolve().parents[1]
JUDGE = ROOT / ".." / "shared" / "bench" / "score_incidents.py"
TARGET = ROOT / "geomap" / "heads.json"
PENALTY = {"carried": 4.0, "inherited": 4.0, "untold": 4.0}
"""Weight of the squared coefficients, by head. The bias is not penalised."""
LEAST = 0.0005
STEPS = 30
FOLDS = 6
Matrix = np.ndarray[Any, np.dtype[np.float64]]
Row = dict[str, Any]
Tables = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """A pair that was weighed, its article and language, and whether the annotators join it."""

    article: str
    language: str
    head: str
    signs: Mapping[str, float]
    positive: bool


def judge() -> ModuleType:
    """Load the judge."""
    spec = importlib.util.spec_from_file_location("score_incidents", JUDGE)
    if spec is None or spec.loader is None:
        sys.exit(f"{JUDGE}: not found; the judge lies beside the repository")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_article(row: Row, world: Gazetteer) -> Analysis:
    """Read one annotated article."""
    article = Article(row["id"], "-", row["title"], date.fromisoformat(row["published"]), row["lang"], row["text"])
    return analyse(article, world)


def joined(pair: Pair, row: Row, told: Told, world: Gazetteer, scorer: ModuleType) -> set[int]:
    """Annotated incidents that have the type and the place of a pair."""
    found = pair.found
    location = Location(found, pair.resolution, found.near, (), found.mention.start, found.mention.end)
    place = incident_place(location, told, world, "near" if found.near else "in")
    place, shape = located(place, world)
    if shape is None:
        return set()
    feature = {
        "properties": {
            "precision": place.precision.value,
            "country": place.country,
            "event_type": pair.trigger.event_type,
            "sub_type": pair.trigger.sub_type,
        },
        "geometry": {"type": shape.type, "coordinates": _plain(shape.coordinates)},
    }
    return {
        k for k, gold in enumerate(row["incidents"]) if scorer.type_ok(gold, feature) and scorer.place_ok(gold, feature)
    }


def _plain(coordinates: Any) -> Any:
    if hasattr(coordinates, "lng"):
        return [coordinates.lng, coordinates.lat]
    return [_plain(part) for part in coordinates]


def cases_of(rows: Sequence[Row], world: Gazetteer, scorer: ModuleType) -> list[Case]:
    """Give the pairs of some articles that teach something of joining.

    Where an annotated incident of the trigger's type and sentence lies at a place that none of the trigger's candidates
    is (the gazetteer lacks it, or took another), a wrong pair teaches nothing of joining and is left out; so is a pair
    that is right, but told in a sentence that the annotators did not quote.
    """
    cases: list[Case] = []
    for row in rows:
        analysis = read_article(row, world)
        told = Told(analysis.reading, analysis.found, analysis.resolutions)
        right = [joined(pair, row, told, world, scorer) for pair in analysis.pairs]
        for pair, golds in zip(analysis.pairs, right, strict=True):
            quoted = _quoted(pair, row, analysis, scorer)
            reached = set().union(*(r for p, r in zip(analysis.pairs, right, strict=True) if p.trigger is pair.trigger))
            if golds & quoted or not (golds or quoted - reached):
                cases.append(Case(row["id"], row["lang"], pair.head, pair.signs, bool(golds)))
    return cases


def _quoted(pair: Pair, row: Row, analysis: Analysis, scorer: ModuleType) -> set[int]:
    """Annotated incidents of a trigger's type whose quote holds its sentence or lies in it."""
    sentence = analysis.reading.sentences[pair.trigger.sentence]
    what = {"properties": {"event_type": pair.trigger.event_type, "sub_type": pair.trigger.sub_type}}
    found = set()
    for k, gold in enumerate(row["incidents"]):
        start = row["text"].find(gold["quote"])
        if start < sentence.end and sentence.start < start + len(gold["quote"]) and scorer.type_ok(gold, what):
            found.add(k)
    return found


def fit(cases: Sequence[Case]) -> Tables:
    """Fit every head on some cases."""
    fitted: Tables = {}
    for head in sorted({case.head for case in cases}):
        own = [case for case in cases if case.head == head]
        names = sorted({name for case in own for name in case.signs})
        x = np.array([[case.signs.get(name, 0.0) for name in names] for case in own])
        y = np.array([case.positive for case in own], dtype=float)
        penalty = np.full(len(names), PENALTY[head])
        penalty[names.index("bias")] = 1e-6
        found = _newton(x, y, penalty)
        fitted[head] = {name: round(float(w), 3) for name, w in zip(names, found, strict=True) if abs(w) >= LEAST}
    return fitted


def _newton(x: Matrix, y: Matrix, penalty: Matrix) -> Matrix:
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (y - p) - penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights = weights + np.linalg.solve(hessian, gradient)
    return weights


def tally(rows: Sequence[Row], world: Gazetteer, scorer: ModuleType) -> Mapping[str, int]:
    """Count annotated, given and right incidents of some articles, with the heads as they are set."""
    given = {row["id"]: json.loads(to_geojson(read_article(row, world).incidents))["features"] for row in rows}
    counted: Mapping[str, int] = scorer.score(rows, given)
    return counted


def with_heads(tables: Mapping[str, Mapping[str, float]], run: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
    """Run something with other coefficients."""
    committed = heads.tables
    heads.tables = lambda: tables  # type: ignore[assignment]
    try:
        return run()
    finally:
        heads.tables = committed


def f1(counts: Mapping[str, int], what: str = "type") -> float:
    """F1 of a tally."""
    return 2 * counts[what] / max(1, counts["gold"] + counts["pred"])


class Directions:
    """The encoder's directions for every part of the articles, fitted without it; nothing without the encoder."""

    def __init__(self, rows: Sequence[Row], parts: Mapping[str, int]) -> None:
        self._tables: dict[int | None, dict[str, list[float]]] = {}
        if not encoder.is_installed():
            return
        samples = [*fit_encoder.sentences(rows), *fit_encoder.phrases()]
        values = _remembered([s.text for s in samples])
        for part in {*parts.values(), None}:
            kept = [k for k, s in enumerate(samples) if part is None or parts.get(s.source) != part]
            self._tables[part] = fit_encoder.directions([samples[k] for k in kept], values[kept])

    def use(self, part: int | None) -> None:
        """Read with the directions that were fitted without a part; with all for None."""
        if self._tables:
            table = self._tables[part]
            names = ("event", *sorted(name for name in table if name != "event"))
            matrix = np.array([table[name] for name in names]).T
            encoder.directions = lambda: (names, matrix)  # type: ignore[assignment]


_VECTORS: dict[str, Matrix] = {}
_encode = encoder.vectors


def _remembered(texts: Sequence[str]) -> Matrix:
    """Vectors of texts, each encoded once: the articles are read many times."""
    lacking = list(dict.fromkeys(text for text in texts if text not in _VECTORS))
    if lacking:
        _VECTORS.update(zip(lacking, np.asarray(_encode(lacking), dtype=float), strict=True))
    return np.array([_VECTORS[text] for text in texts])


def crossed(
    rows: Sequence[Row], parts: Mapping[str, int], world: Gazetteer, scorer: ModuleType
) -> tuple[list[Case], dict[str, int]]:
    """Fit on all parts but one and count on that one, for every part (article id → part)."""
    directions = Directions(rows, parts)
    numbers = sorted(set(parts.values()))
    inside = {k: [row for row in rows if parts[row["id"]] == k] for k in numbers}
    cases: list[Case] = []
    for k in numbers:
        directions.use(k)
        cases += cases_of(inside[k], world, scorer)
    total: dict[str, int] = {}
    for k in numbers:
        directions.use(k)
        tables = fit([case for case in cases if parts[case.article] != k])
        for name, value in with_heads(tables, lambda own=inside[k]: tally(own, world, scorer)).items():  # type: ignore[misc]
            total[name] = total.get(name, 0) + value
    directions.use(None)
    return cases, total


def show(name: str, counts: Mapping[str, int]) -> None:
    """Print one line of figures."""
    print(
        f"{name:34} gold {counts['gold']} given {counts['pred']} right {counts['type']} | place+type F1"
        f" {f1(counts):.3f}, +date {f1(counts, 'date'):.3f}, killed {counts['killed']}/{counts['type']},"
        f" traps {counts['trapped']}/{counts['traps']}, silent {counts['empty_ok']}/{counts['empty']}",
        flush=True,
    )


def main() -> None:
    """Fit and tell."""
    scorer = judge()
    rows = fit_encoder.annotated(sys.argv)
    articles = [row["id"] for row in rows]
    encoder.vectors = _remembered
    with open_gazetteer() as world:
        show("committed heads", tally(rows, world, scorer))
        cases, counts = crossed(rows, {article: k % FOLDS for k, article in enumerate(articles)}, world, scorer)
        for head in sorted({case.head for case in cases}):
            own = [case for case in cases if case.head == head]
            print(f"{head}: {len(own)} pairs, {sum(case.positive for case in own)} joined by the annotators")
        show("refitted, articles left out", counts)
        if "--quick" not in sys.argv:
            languages = sorted({row["lang"] for row in rows})
            parts = {row["id"]: languages.index(row["lang"]) for row in rows}
            show("refitted, languages left out", crossed(rows, parts, world, scorer)[1])
        tables = {**heads.tables(), **fit(cases)}
        show("refitted on all, the same articles", with_heads(tables, lambda: tally(rows, world, scorer)))
    if "--weights" in sys.argv:
        for head, table in tables.items():
            for name, weight in sorted(table.items(), key=lambda row: -abs(row[1])):
                print(f"  {head:10} {name:28} {weight:+.2f}")
    if "--dry" not in sys.argv:
        TARGET.write_text(json.dumps(tables, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
