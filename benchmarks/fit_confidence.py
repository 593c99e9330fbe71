"""Fit the coefficients that say how sure an incident is; writes ``geomap/confidence.json``.

    python benchmarks/fit_confidence.py            cross-validate by article, print the figures, write the file
    python benchmarks/fit_confidence.py --dry      do not write

One logistic regression (scikit-learn, L2) over all languages that have rules: an incident that the rules find in the
building half of our annotated articles is positive when the judge beside the repository matches it, place and type, with
an annotated one. Needs scikit-learn and the judge; run time needs neither.
"""

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from gazetteer import Gazetteer, open_gazetteer
from geomap import Article, analyse, to_geojson
from geomap.assemble import date_of
from geomap.confidence import signs_of
from geomap.languages import available

ROOT = Path(__file__).resolve().parents[1]
JUDGE = ROOT / ".." / "shared" / "bench" / "score_incidents.py"
OWN = ROOT / "tests" / "quality" / "articles" / "build"
TARGET = ROOT / "geomap" / "confidence.json"
STRENGTH = 0.3
"""Inverse of the L2 penalty: a few hundred incidents carry no more."""
FOLDS = 8
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


def fit(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    """Fit; the bias is one of the signs."""
    return LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000).fit(x, y)


def halves(p: np.ndarray, y: np.ndarray) -> tuple[float, float]:
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
    y = np.array([positive for _, _, positive in cases], dtype=int)
    articles = sorted({article for article, _, _ in cases})
    fold = np.array([articles.index(article) % FOLDS for article, _, _ in cases])
    p = np.zeros(len(cases))
    for k in range(FOLDS):
        p[fold == k] = fit(x[fold != k], y[fold != k]).predict_proba(x[fold == k])[:, 1]
    surer, other = halves(p, y)
    print(
        f"{len(cases)} incidents, {y.mean():.3f} right; surer half {surer:.3f}, other half {other:.3f} (left-out articles)"
    )
    for low in np.arange(0, 1, 0.2):
        inside = (p >= low) & (p < low + 0.2)
        if inside.any():
            print(f"  {low:.1f}-{low + 0.2:.1f}: {inside.sum():4} incidents, {y[inside].mean():.2f} right")
    for least in (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        kept = p >= least
        print(
            f"  least {least:.2f}: {kept.sum()} kept, {y[kept].sum()} right, of all right {y[kept].sum() / y.sum():.3f}"
        )
    weights = {name: round(float(w), 3) for name, w in zip(names, fit(x, y).coef_[0], strict=True)}
    for name, weight in sorted(weights.items(), key=lambda row: -abs(row[1])):
        print(f"  {name:28} {weight:+.2f}")
    if "--dry" not in sys.argv:
        TARGET.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
