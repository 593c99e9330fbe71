"""Fit the coefficients that say how sure an incident is; writes ``geomap/confidence.json``.

    python benchmarks/fit_confidence.py            cross-validate by article, print the figures, write the file
    python benchmarks/fit_confidence.py --dry      do not write

One logistic regression (L2, by Newton's method) over all languages that have rules: an incident that the rules find in
the building half of our annotated articles is positive when the judge beside the repository matches it, place and type,
with an annotated one. Needs the judge; run time does not.
"""

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from gazetteer import Gazetteer, open_gazetteer
from geomap import Article, analyse, to_geojson
from geomap.assemble import date_of
from geomap.confidence import signs_of
from geomap.languages import available

ROOT = Path(__file__).resolve().parents[1]
JUDGE = ROOT / ".." / "shared" / "bench" / "score_incidents.py"
OWN = ROOT / "tests" / "quality" / "articles" / "build"
TARGET = ROOT / "geomap" / "confidence.json"
PENALTY = 3.0
"""Weight of the squared coefficients: a few hundred incidents carry no less. The bias is not penalised."""
STEPS = 30
FOLDS = 8
Matrix = np.ndarray[Any, np.dtype[np.float64]]
Case = tuple[str, dict[str, float], bool]
"""Article, signs, whether the judge matches it."""


def judge() -> ModuleType:
    """Load the judge."""
    spec = importlib.util.spec_from_file_location("score_incidents", JUDGE)
    if spec is None or spec.loader is None:
        sys.exit(f"{JUDGE}: not found; the judge lies beside the repository")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases_of(row: dict[str, Any], world: Gazetteer, scorer: ModuleType) -> list[Case]:
    """Give the incidents of one annotated article with their signs."""
    article = Article(row["id"], "-", row["title"], date.fromisoformat(row["published"]), row["lang"], row["text"])
    analysis = analyse(article, world, least=0.0)
    features = json.loads(to_geojson(analysis.incidents))["features"]
    matched = {j for _, j, typed, _ in scorer.best_pairs(row["incidents"], features) if typed}
    return [(row["id"], signs_of(event, date_of(event)), j in matched) for j, event in enumerate(analysis.events)]


def fit(x: Matrix, y: Matrix, free: int) -> Matrix:
    """Fit by Newton's method; ``free`` is the column of the bias."""
    penalty = np.full(x.shape[1], PENALTY)
    penalty[free] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = chances(x, weights)
        gradient = x.T @ (y - p) - penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights = weights + np.linalg.solve(hessian, gradient)
    return weights


def chances(x: Matrix, weights: Matrix) -> Matrix:
    """Probability of each row."""
    return 1 / (1 + np.exp(-(x @ weights)))


def halves(p: Matrix, y: Matrix) -> tuple[float, float]:
    """Precision of the surer half and of the other."""
    order = np.argsort(-p, kind="stable")
    middle = len(order) // 2
    return float(y[order[:middle]].mean()), float(y[order[middle:]].mean())


def main() -> None:
    """Fit and tell."""
    scorer = judge()
    rows = [row for path in sorted(OWN.glob("*.json")) for row in json.loads(path.read_text("utf-8"))]
    with open_gazetteer() as world:
        cases = [case for row in rows if row["lang"] in available() for case in cases_of(row, world, scorer)]
    names = sorted({name for _, signs, _ in cases for name in signs})
    x = np.array([[signs.get(name, 0.0) for name in names] for _, signs, _ in cases])
    bias = names.index("bias")
    y = np.array([positive for _, _, positive in cases], dtype=float)
    articles = sorted({article for article, _, _ in cases})
    fold = np.array([articles.index(article) % FOLDS for article, _, _ in cases])
    p = np.zeros(len(cases))
    for k in range(FOLDS):
        p[fold == k] = chances(x[fold == k], fit(x[fold != k], y[fold != k], bias))
    surer, other = halves(p, y)
    print(f"{len(cases)} incidents, {y.mean():.3f} right; on left-out articles:")
    print(f"  surer half {surer:.3f}, other half {other:.3f}")
    for low in np.arange(0, 1, 0.2):
        inside = (p >= low) & (p < low + 0.2)
        if inside.any():
            print(f"  {low:.1f}-{low + 0.2:.1f}: {inside.sum():4} incidents, {y[inside].mean():.2f} right")
    for least in (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        kept = p >= least
        print(
            f"  least {least:.2f}: {kept.sum()} kept, {y[kept].sum()} right, of all right {y[kept].sum() / y.sum():.3f}"
        )
    weights = {name: round(float(w), 3) for name, w in zip(names, fit(x, y, bias), strict=True)}
    for name, weight in sorted(weights.items(), key=lambda row: -abs(row[1])):
        print(f"  {name:28} {weight:+.2f}")
    if "--dry" not in sys.argv:
        TARGET.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
