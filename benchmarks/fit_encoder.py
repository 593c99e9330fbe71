"""Fit the directions that are read off the sentence encoder's vectors; writes ``geomap/encoder.json``.

    python benchmarks/fit_encoder.py                     write the file; needs geomap[encoder]
    python benchmarks/fit_encoder.py --more FILE.json    further annotated articles to fit on

Ridge regression (closed form) on the building half of our annotated articles. ``event``: whether the annotators quote a
sentence. One direction a type of event: of the sentences with incidents of one type only, and, with less weight, of the
trigger phrases of all language files, which teach it words that our few articles lack.
"""

import itertools
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geomap import Article, encoder
from geomap.languages import load
from geomap.languages.rules import EVENT_TYPE
from geomap.reading import read

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "quality" / "articles" / "build"
LANGUAGES = ROOT / "geomap" / "languages"
TARGET = ROOT / "geomap" / "encoder.json"
EVENT_RIDGE = 2.0
TYPE_RIDGE = 2.0
OF_PHRASES = 0.2
"""Weight of a trigger phrase beside a sentence's 1."""
EXPANSIONS = 6
"""Readings taken of one phrase with alternatives: "(rocket|missile) (attack|strike)"."""
Matrix = np.ndarray[Any, np.dtype[np.float64]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence or phrase, the article or language file that it is from, and the types of event it tells."""

    text: str
    source: str
    types: frozenset[str]
    is_phrase: bool


def sentences(rows: Sequence[Row]) -> Iterator[Sample]:
    """Give the sentences of annotated articles with the types of the incidents whose quotes they are in."""
    for row in rows:
        language = load(row["lang"])
        reading = read(Article(row["id"], "-", row["title"], None, row["lang"], row["text"]), language.rules)
        for sentence in reading.sentences:
            types = set()
            for gold in row["incidents"]:
                start = row["text"].find(gold["quote"])
                if start < sentence.end and sentence.start < start + len(gold["quote"]):
                    types.add(gold["macro"])
            yield Sample(row["text"][sentence.start : sentence.end], row["id"], frozenset(types), is_phrase=False)


def phrases() -> Iterator[Sample]:
    """Give the trigger phrases of the language files, a few readings of each."""
    for path in sorted(LANGUAGES.glob("*.toml")):
        for name, forms in tomllib.loads(path.read_text("utf-8"))["triggers"].items():
            kind = EVENT_TYPE.get(name, name)
            if kind == "other":
                continue
            for phrase in itertools.chain(forms.get("nouns", ()), forms.get("verbs", ())):
                for text in _expanded(phrase):
                    yield Sample(text, path.stem, frozenset({kind}), is_phrase=True)


def _expanded(phrase: str) -> list[str]:
    """Readings of a phrase, spread evenly over its alternatives."""
    slots = [
        m.group(1).split("|") if m.group(1) else [m.group(2)] for m in re.finditer(r"\(([^()]*)\)|([^()]+)", phrase)
    ]
    total = int(np.prod([len(slot) for slot in slots]))
    found: dict[str, None] = {}
    for k in range(min(EXPANSIONS, total)):
        at = k * total // min(EXPANSIONS, total)
        words = []
        for slot in slots:
            at, choice = divmod(at, len(slot))
            words.append(slot[choice])
        found[" ".join(re.sub(r"\.\.+|[*?~]", " ", "".join(words)).split())] = None
    return list(found)


def directions(samples: Sequence[Sample], vectors: Matrix) -> dict[str, list[float]]:
    """Fit every direction: 512 numbers and a constant each."""
    told = np.array([not s.is_phrase for s in samples])
    single = np.array([len(s.types) == 1 for s in samples])
    weight = np.array([OF_PHRASES if s.is_phrase else 1.0 for s in samples])
    event = np.array([[float(bool(s.types))] for s in samples])
    names = sorted({name for s in samples for name in s.types})
    of_type = np.array([[float(name in s.types) for name in names] for s in samples])
    fitted = {"event": _ridge(vectors[told], event[told], weight[told], EVENT_RIDGE)[:, 0]}
    matrix = _ridge(vectors[single], of_type[single], weight[single], TYPE_RIDGE)
    fitted |= {name: matrix[:, k] for k, name in enumerate(names)}
    return {name: [round(float(v), 4) for v in row] for name, row in fitted.items()}


def _ridge(x: Matrix, y: Matrix, weight: Matrix, penalty: float) -> Matrix:
    with_constant = np.hstack([x, np.ones((len(x), 1))])
    weighted = (with_constant * weight[:, None]).T
    return np.asarray(
        np.linalg.solve(weighted @ with_constant + penalty * np.eye(with_constant.shape[1]), weighted @ y), dtype=float
    )


def annotated(arguments: Sequence[str]) -> list[Row]:
    """Read the annotated articles, and those of ``--more``."""
    paths = sorted(OWN.glob("*.json"))
    if "--more" in arguments:
        paths += [Path(name) for name in arguments[arguments.index("--more") + 1 :] if name.endswith(".json")]
    return [row for path in paths for row in json.loads(path.read_text("utf-8"))]


def main() -> None:
    """Fit and write."""
    if not encoder.is_installed():
        sys.exit("the sentence encoder is not installed: pip install 'geomap[encoder]'")
    samples = [*sentences(annotated(sys.argv)), *phrases()]
    table = directions(samples, np.asarray(encoder.vectors([s.text for s in samples]), dtype=float))
    TARGET.write_text(json.dumps(table, separators=(",", ":"), sort_keys=True).replace("],", "],\n") + "\n", "utf-8")
    print(f"{len(samples)} sentences and phrases, {len(table)} directions, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
