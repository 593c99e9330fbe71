"""`make bench`: whole processes, speed, and quality on the corpora beside the repository (skipped without them)."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer, Role, open_gazetteer
from gazetteer.names import words
from geomap import Article, Incident, analyse, to_geojson
from geomap.collector import rare_collections
from geomap.exports.mentions import Spans, mentions_line
from geomap.pipeline import find_places

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / ".." / "shared" / "bench"
EXAMPLES = ROOT / "examples" / "articles"
RUNS = 7
HALVES = (ROOT / "tests" / "quality" / "articles" / "build", ROOT / "tests" / "quality" / "articles" / "measure")
"""Our own annotated articles: the half that rules were built with, and the half that only measures."""
EVERYTHING = frozenset({Role.LOCATION, Role.FACILITY, Role.METONYM, Role.DEMONYM})
LITERAL = frozenset({Role.LOCATION, Role.FACILITY, Role.METONYM})
CORPORA = (
    ("lgl", "en", EVERYTHING, Spans.NAME),
    ("gwn", "en", EVERYTHING, Spans.NAME),
    ("idrisi_d_ar_dev", "ar", LITERAL, Spans.WORD),
    ("aqmar_ar", "ar", LITERAL, Spans.WORD),
    ("peyma_fa_dev", "fa", LITERAL, Spans.NAME),
    ("nemo_he_dev", "he", LITERAL, Spans.WORD),
    ("ner_uk_dev", "uk", LITERAL, Spans.NAME),
    ("sonar_de", "de", LITERAL, Spans.NAME),
)
"""What is scored with which roles and spans: lgl and gwn annotate demonyms and metonyms, the others no demonyms; the
Arabic and Hebrew ones annotate the whole word with its prefixes."""


def process(name: str, *command: str) -> None:
    """Print the median wall time of a whole process."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        times.append(time.perf_counter() - begin)
    print(f"{name:45} median {statistics.median(times):.3f} s, min {min(times):.3f} s")


def processes() -> None:
    print("\nWhole processes")
    with tempfile.TemporaryDirectory() as folder:
        article = f"{folder}/article.txt"
        Path(article).write_bytes((EXAMPLES / "aleppo.txt").read_bytes())
        process("python -c pass", "-c", "pass")
        process("import gazetteer", "-c", "import gazetteer")
        process("import geomap", "-c", "import geomap")
        process("gazetteer lookup بغداد", "-m", "gazetteer", "lookup", "بغداد")
        process("geomap extract, one article", "-m", "geomap", "extract", article, "-o", f"{folder}/o.geojson")
        process("geomap map, one article", "-m", "geomap", "map", article, "-o", f"{folder}/m.html")


def speed() -> None:
    """Print megabytes of UTF-8 and articles a second of one core, in this process."""
    print("\nSpeed on one core, after load")
    articles = []
    for row in _rows(EXAMPLES / "news.jsonl"):
        day = date.fromisoformat(row["published"])
        articles.append(Article(row["id"], "-", row.get("title"), day, row["language"], row["text"]))
    text = "\n".join(article.text for article in articles) * 40
    size = len(text.encode()) / 1e6
    with open_gazetteer() as world, rare_collections():
        for name, work in (("split and fold", words), ("scan for names", lambda t: list(world.scan(t)))):
            begin = time.process_time()
            work(text)
            print(f"{name:45} {size / (time.process_time() - begin):.1f} MB/s ({size:.1f} MB, Arabic and English)")
        many = articles * 20
        begin = time.process_time()
        for article in many:
            analyse(article, world)
        print(f"{'text to incidents':45} {len(many) / (time.process_time() - begin):.0f} articles/s")


def corpora() -> None:
    """Score mentions and incidents with the judges beside the repository."""
    if not BENCH.is_dir():
        print("\nCorpora: not beside this checkout, skipped")
        return
    with open_gazetteer() as world, rare_collections(), tempfile.TemporaryDirectory() as folder:
        print("\nMentions (score.py: exact-span F1, acc161 end to end)")
        for corpus, language, roles, spans in CORPORA:
            gold = BENCH / "data" / f"{corpus}.jsonl"
            for kind in dict.fromkeys((spans, Spans.NAME)):
                mentions(world, gold, (language, roles, kind), Path(folder) / "found.jsonl")
        print("\nIncidents (score_incidents.py)")
        for path in (ROOT / "tests/cases/incidents.jsonl", BENCH / "incidents/examples.json", *HALVES):
            incidents(world, path, Path(folder))


def mentions(world: Gazetteer, gold: Path, asked: tuple[str, frozenset[Role], Spans], found: Path) -> None:
    language, roles, spans = asked
    rows = _rows(gold)
    begin = time.process_time()
    lines = []
    for row in rows:
        article = Article(row["id"], "-", None, None, language, row["text"])
        lines.append(mentions_line(article, find_places(article, world).resolutions, roles, spans))
    rate = len(rows) / (time.process_time() - begin)
    found.write_text("".join(lines), "utf-8")
    score = json.loads(_run(BENCH / "score.py", gold, found))
    f1, acc = score["exact"]["F1"], score.get("acc161", float("nan"))
    print(f"{gold.stem:18} {'+'.join(sorted(roles)):40} {spans} F1 {f1:.3f}  acc161 {acc:.3f}  {rate:.0f} docs/s")


def incidents(world: Gazetteer, path: Path, folder: Path) -> None:
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    rows = [row for file in files for row in _rows(file)]
    gold, predicted = folder / "gold.json", folder / "predicted.geojson"
    gold.write_text(json.dumps(rows), "utf-8")
    found: list[Incident] = []
    for row in rows:
        day = date.fromisoformat(row["published"])
        article = Article(row["id"], "-", row["title"], day, row["lang"], row["text"])
        found += analyse(article, world).incidents
    predicted.write_text(to_geojson(found), "utf-8")
    print(f"{path.name}\n{_run(BENCH / 'score_incidents.py', gold, '--', predicted)}", end="")


def _rows(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line] if path.suffix == ".jsonl" else json.loads(text)


def _run(*command: object) -> str:
    done = subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    processes()
    speed()
    corpora()
