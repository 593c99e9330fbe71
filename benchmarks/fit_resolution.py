"""Fit the coefficients of the resolver on the dev corpora and write ``gazetteer/weights.json``.

    python benchmarks/fit_resolution.py            cross-validate, print the figures, write the file
    python benchmarks/fit_resolution.py --dry      do not write

A conditional logit (McFadden 1974): the alternatives of a mention are its candidates and "none of these"; the gold one
is the candidate within 161 km of the annotated point, or the area that holds it. Ridge towards the hand-set values of
`PRIOR`, so that what the corpora do not show keeps a sensible value. The company of a name depends on the coefficients,
so votes are cast again after each fit. Needs scipy and the corpora beside the repository; run time needs neither.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

import gazetteer.resolver
import gazetteer.weights
from gazetteer import Gazetteer, PlaceKind, Role, open_gazetteer
from gazetteer.distance import distance_m
from gazetteer.place import LngLat, Place
from gazetteer.resolver import _SAFE as SAFE
from gazetteer.resolver import ballots_of, nothing
from geomap import Article
from geomap.mentions import find_mentions
from geomap.pipeline import language_of, spans_of
from geomap.places import document_of
from geomap.reading import read

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / ".." / "shared" / "bench" / "data"
CORPORA = ("lgl", "gwn", "idrisi_d_ar_dev", "own")
TARGET = ROOT / "gazetteer" / "weights.json"
OWN = ROOT / "tests" / "quality" / "articles" / "build"
REACH_M = 161_000.0
NEAR_M = 30_000.0
POINTS = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.SITE, PlaceKind.ADMIN2)
OWN_WEIGHT = 3.0
"""Our own articles are few and hold all twelve languages."""
RIDGE = 4.0
ROUNDS = 3
FOLDS = 5
PRIOR = {
    "prominence": 1.0,
    "first": 0.3,
    "language": 0.5,
    "asked_right": 5.0,
    "asked_kin": 2.5,
    "asked_wrong": -1.5,
    "contained": 5.0,
    "elsewhere": -1.0,
    "elsewhere_said": -4.0,
    "named_country": 2.0,
    "named_country_share": 0.5,
    "named_province": 1.5,
    "surroundings": 3.0,
    "heard": 2.9,  # tests/cases/heard.tsv; what sounds alike is right in 9 of 10 pairs (decision 0013)
    "no_surroundings": -99.0,
    "town_of_its_area": 3.5,
    "water_of_its_area": 4.0,
    "company_country": 0.5,
    "company_province": 0.8,
    "company_near": 0.8,
    "none": 1.0,
    "none_of_many": 0.0,
} | {f"kind_{kind.value}": 0.0 for kind in PlaceKind}
FIXED = ("heard", "no_surroundings", "town_of_its_area", "water_of_its_area")
"""Not shown by the corpora: no conditional names; both readings right within 161 km."""
NAMES = sorted(PRIOR)
COLUMN = {name: i for i, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Choice:
    """One mention: the votes of its alternatives (rows; the last is none of these), and which are right."""

    corpus: str
    document: int
    features: np.ndarray
    right: np.ndarray


def rows_of(corpus: str) -> list[dict[str, Any]]:
    """Documents as the corpora have them; of our own articles only the half for building."""
    if corpus == "own":
        articles = [a for path in sorted(OWN.glob("*.json")) for a in json.loads(path.read_text("utf-8"))]
        return [a | {"toponyms": [m for m in a["mentions"] if not m["role"].endswith("_part")]} for a in articles]
    lines = (DATA / f"{corpus}.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    return [json.loads(line) for line in lines]


def choices(world: Gazetteer) -> list[Choice]:
    """Cast the votes for every annotated mention that was found with its exact span."""
    found = []
    rows = [(corpus, row) for corpus in CORPORA for row in rows_of(corpus)]
    for number, (corpus, row) in enumerate(rows):
        gold = {(t["start"], t["end"]): t for t in row["toponyms"] if t.get("lat") is not None}
        article = Article(row["id"], "-", None, None, row["lang"], row["text"])
        language = language_of(article)
        reading = read(article, language.rules if language else None)
        mentions = find_mentions(reading, world, spans_of(article.text, language))
        document, ballots = ballots_of(document_of(reading, mentions))
        for query, ballot in zip(document.queries, ballots, strict=True):
            target = gold.get((query.mention.start, query.mention.end))
            if target is None or query.mention.role is Role.DEMONYM or not ballot:
                continue
            right = [_is_right(world, c.place, target) for c, _ in ballot]
            votes_of = [votes for _, votes in ballot] + [nothing(len(ballot))]
            features = np.zeros((len(votes_of), len(NAMES)))
            for i, votes in enumerate(votes_of):
                for vote in votes:
                    features[i, COLUMN[vote.feature]] += vote.value
            found.append(Choice(corpus, number, features, np.array([*right, not any(right)])))
    return found


def _is_right(world: Gazetteer, place: Place, target: dict[str, Any]) -> bool:
    """Whether a candidate is the annotated place; our own articles say its level, the corpora only a point."""
    point = LngLat(target["lon"], target["lat"])
    distance = distance_m(point, place.point)
    level = target.get("level")
    if level in ("settlement", "site", "district"):
        return place.kind in POINTS and distance <= NEAR_M
    if level == "province" and place.kind in POINTS:
        return False
    if level == "country":
        return place.kind is PlaceKind.COUNTRY and distance <= 5 * REACH_M
    return distance <= REACH_M or (place.kind in (PlaceKind.ADMIN1, PlaceKind.COUNTRY) and _holds(world, place, point))


def _holds(world: Gazetteer, place: Place, point: LngLat) -> bool:
    return any(area.id == place.id for area in world.containing(point))


def fit(data: list[Choice]) -> np.ndarray:
    """Coefficients of the greatest penalised likelihood."""
    prior = np.array([PRIOR[name] for name in NAMES])
    free = np.array([name not in FIXED for name in NAMES])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        w = np.where(free, w, prior)
        total, gradient = RIDGE * float(((w - prior) ** 2).sum()), 2 * RIDGE * (w - prior)
        for choice in data:
            scores = choice.features @ w
            p = np.exp(scores - scores.max())
            p /= p.sum()
            q = p * choice.right
            mass = q.sum()
            weight = OWN_WEIGHT if choice.corpus == "own" else 1.0
            total -= weight * np.log(max(mass, 1e-12))
            gradient -= weight * choice.features.T @ (q / max(mass, 1e-12) - p)
        return total, np.where(free, gradient, 0.0)

    return np.where(free, minimize(loss, prior, jac=True, method="L-BFGS-B").x, prior)


def judge(data: list[Choice], w: np.ndarray) -> list[tuple[float, bool, bool]]:
    """(confidence, resolved, right) of each mention."""
    out = []
    for choice in data:
        scores = choice.features @ w
        p = np.exp(scores - scores.max())
        p /= p.sum()
        best = int(p[:-1].argmax())
        out.append((float(p[best]), bool(p[best] >= SAFE), bool(choice.right[best])))
    return out


def report(data: list[Choice]) -> None:
    """Cross-validated accuracy by corpus and the calibration table."""
    outcome: list[tuple[str, tuple[float, bool, bool]]] = []
    for fold in range(FOLDS):
        w = fit([c for c in data if c.document % FOLDS != fold])
        held = [c for c in data if c.document % FOLDS == fold]
        outcome += [(c.corpus, o) for c, o in zip(held, judge(held, w), strict=True)]
    for corpus in CORPORA:
        rows = [o for name, o in outcome if name == corpus]
        right = sum(o[1] and o[2] for o in rows) / len(rows)
        print(
            f"{corpus:18} {len(rows):5} mentions, right {right:.3f}, resolved {sum(o[1] for o in rows) / len(rows):.3f}"
        )
    print("confidence  mentions  right")
    rows = [o for _, o in outcome if o[1]]
    for tenth in range(10):
        low = tenth / 10
        inside = [o for o in rows if min(9, int(o[0] * 10)) == tenth]
        if inside:
            print(f"{low:.1f}-{low + 0.1:.1f}     {len(inside):6}    {sum(o[2] for o in inside) / len(inside):.3f}")


def main() -> None:
    """Fit, report, write."""
    with open_gazetteer() as world:
        gazetteer.weights.WEIGHTS = dict(PRIOR)
        gazetteer.resolver.WEIGHTS = dict(PRIOR)
        for _ in range(ROUNDS):
            data = choices(world)
            w = fit(data)
            gazetteer.resolver.WEIGHTS = dict(zip(NAMES, w, strict=True))
    report(data)
    weights = {name: round(float(value), 3) for name, value in zip(NAMES, w, strict=True)}
    for name, value in weights.items():
        print(f"{name:22} {PRIOR[name]:7.2f} {value:7.2f}")
    if "--dry" not in sys.argv:
        text = json.dumps({"fitted_by": "benchmarks/fit_resolution.py", "weights": weights}, indent=1)
        TARGET.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
