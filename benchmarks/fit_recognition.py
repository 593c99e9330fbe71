"""Fit the coefficients that say whether a gazetteer match is a place mention; writes ``geomap/recognition.json``.

    python benchmarks/fit_recognition.py            cross-validate, print the figures, write the file
    python benchmarks/fit_recognition.py --dry      do not write

Two logistic regressions (scikit-learn, L2): texts with capitals and scripts without. A match is positive when its span
is annotated (with or without its clitic), left out when it only overlaps an annotated one. Large corpora weigh less, so
that one does not set the rules for a language. Needs scikit-learn and the corpora beside the repository; run time needs
neither.
"""

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from gazetteer import open_gazetteer
from geomap import Article
from geomap.mentions import Draft, drafts
from geomap.pipeline import language_of, spans_of
from geomap.reading import read

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / ".." / "shared" / "bench" / "data"
OWN = ROOT / "tests" / "quality" / "articles" / "build"
CORPORA = ("lgl", "gwn", "idrisi_d_ar_dev", "aqmar_ar", "peyma_fa_dev", "nemo_he_dev", "ner_uk_dev", "sonar_de")
TARGET = ROOT / "geomap" / "recognition.json"
CLITICS = "#ובלמהכשوبلكف"
"""Some corpora annotate the clitic with the name, ours stays outside: the match counts all the same."""
STRENGTH = 1.0
FOLDS = 5
THRESHOLDS = (0.25,)
"""Lower than one half: a mention lost loses its incident, one too many is still resolved, placed and explained."""


@dataclass(frozen=True, slots=True)
class Case:
    """One match: where it comes from, its signs, whether it is annotated."""

    corpus: str
    document: int
    cased: bool
    signs: dict[str, float]
    positive: bool


def rows_of(corpus: str) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """Language, text and annotated spans of each document."""
    if corpus == "own":
        found = []
        for path in sorted(OWN.glob("*.json")):
            for article in json.loads(path.read_text("utf-8")):
                spans = [(m["start"], m["end"]) for m in article["mentions"] if not m["role"].endswith("_part")]
                found.append((article["lang"], article["text"], spans))
        return found
    lines = (DATA / f"{corpus}.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    return [
        (row["lang"], row["text"], [(t["start"], t["end"]) for t in row["toponyms"]]) for row in map(json.loads, lines)
    ]


def cases() -> list[Case]:
    """Collect the matches that the signs decide."""
    found = []
    number = 0
    with open_gazetteer() as world:
        for corpus in (*CORPORA, "own"):
            for language_code, text, spans in rows_of(corpus):
                number += 1
                article = Article(str(number), "-", None, None, language_code, text)
                language = language_of(article)
                reading = read(article, language.rules if language else None)
                rows = drafts(reading, world, spans_of(text, language))
                exact = set(spans)
                exact |= {(s + 1, e) for s, e in spans if text[s] in CLITICS}
                for row in rows:
                    if not isinstance(row, Draft):
                        continue
                    span = (row.match.start, row.end)
                    if span not in exact and any(s < span[1] and span[0] < e for s, e in spans):
                        continue
                    signs = {sign.name: sign.value for sign in row.signs}
                    found.append(Case(f"{corpus}:{language_code}", number, row.cased, signs, span in exact))
    return found


def fit(data: list[Case], names: list[str]) -> np.ndarray:
    """Coefficients; the bias is one of the signs."""
    sizes: dict[str, int] = defaultdict(int)
    for case in data:
        sizes[case.corpus] += 1
    mean = len(data) / len(sizes)
    weights = np.array([min(4.0, (mean / sizes[case.corpus]) ** 0.5) for case in data])
    x = np.array([[case.signs.get(name, 0.0) for name in names] for case in data])
    y = np.array([case.positive for case in data])
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000)
    return model.fit(x, y, sample_weight=weights).coef_[0]


def report(data: list[Case], names: list[str]) -> float:
    """Cross-validated precision, recall and F1 of the decision by corpus; the threshold of the best mean F1."""
    odds = np.zeros(len(data))
    for fold in range(FOLDS):
        w = fit([case for case in data if case.document % FOLDS != fold], names)
        for i, case in enumerate(data):
            if case.document % FOLDS == fold:
                odds[i] = sum(w[k] * case.signs.get(name, 0.0) for k, name in enumerate(names))
    chance = 1 / (1 + np.exp(-odds))
    y = np.array([case.positive for case in data])
    corpora = sorted({case.corpus for case in data})
    best = (0.0, 0.5)
    for threshold in THRESHOLDS:
        means = []
        for corpus in corpora:
            inside = np.array([case.corpus == corpus for case in data])
            hits = float((y & inside & (chance >= threshold)).sum())
            f1 = 2 * hits / max(1.0, float((inside & (chance >= threshold)).sum() + (inside & y).sum()))
            means.append(f1)
            if threshold == THRESHOLDS[-1]:
                print(f"{corpus:24} {int(inside.sum()):6} matches, {int((y & inside).sum()):5} annotated, F1 {f1:.3f}")
        best = max(best, (float(np.mean(means)), threshold))
        print(f"threshold {threshold}: mean F1 {np.mean(means):.3f}")
    return best[1]


def main() -> None:
    """Fit, report, write."""
    data = cases()
    table = {}
    for key, cased in (("cased", True), ("uncased", False)):
        part = [case for case in data if case.cased is cased]
        names = sorted({name for case in part for name in case.signs})
        print(f"\n{key}: {len(part)} matches")
        threshold = report(part, names)
        w = fit(part, names)
        table[key] = {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}
        table[key]["bias"] = round(table[key]["bias"] - float(np.log(threshold / (1 - threshold))), 3)
        print(", ".join(f"{name} {value:+.2f}" for name, value in sorted(table[key].items(), key=lambda t: t[1])))
    if "--dry" not in sys.argv:
        TARGET.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
