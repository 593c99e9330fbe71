"""Scanning side by side: ours, flashgeotext, an ahocorasick-rs automaton over the same names; and our memory.

    python benchmarks/scan_engines.py

Peers are measured where they are installed (``pip install flashgeotext==0.5.5 ahocorasick-rs`` in a venv of its own
with marisa-trie). The text is half English, half Arabic by bytes, from the corpora beside the repository. CPU time of
one core; every figure says what it holds: folding is part of a scan, a peer's does none.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from gazetteer import open_gazetteer
from gazetteer.format import DATA, POSTINGS, TRIE
from gazetteer.index import NameIndex
from gazetteer.names import words

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / ".." / "shared" / "bench" / "data"
ENGLISH = ("lgl", "gwn")
ARABIC = ("idrisi_d_ar_dev", "aqmar_ar")


def mixed_texts() -> list[str]:
    """Give the documents of the corpora, English and Arabic in turns by bytes, each once."""
    english, arabic = (
        [json.loads(line)["text"] for name in names for line in (CORPORA / f"{name}.jsonl").open("rb")]
        for names in (ENGLISH, ARABIC)
    )
    texts: list[str] = []
    sizes = [0, 0]
    pools = [iter(english), iter(arabic)]
    while (text := next(pools[which := int(sizes[1] < sizes[0])], None)) is not None:
        sizes[which] += len(text.encode())
        texts.append(text)
    return texts


def timed(name: str, megabytes: float, work: Callable[[], int]) -> None:
    begin = time.process_time()
    found = work()
    spent = time.process_time() - begin
    print(f"{name:62} {megabytes / spent:6.2f} MB/s {found:>9,} found", flush=True)


def ours(texts: list[str], megabytes: float) -> None:
    with open_gazetteer() as world:
        names = world.names
        timed(
            "geomap, first time (nothing remembered)", megabytes, lambda: sum(1 for t in texts for _ in names.scan(t))
        )
        timed("geomap, again", megabytes, lambda: sum(1 for t in texts for _ in names.scan(t)))
        whole = "\n".join(texts) * 5
        timed("geomap, all as one text, five times over", 5 * megabytes, lambda: sum(1 for _ in names.scan(whole)))
        timed("of it: splitting and folding alone", megabytes, lambda: sum(len(words(t)) for t in texts))


def flashgeotext(texts: list[str], megabytes: float) -> None:
    try:
        from flashgeotext.geotext import GeoText
    except ImportError:
        print("flashgeotext is not installed: skipped")
        return
    geotext = GeoText()
    timed(
        "flashgeotext 0.5.5 (its own English cities and countries)",
        megabytes,
        lambda: sum(len(found) for t in texts for found in geotext.extract(input_text=t).values()),
    )


def aho_corasick(texts: list[str], megabytes: float) -> None:
    try:
        import ahocorasick_rs
        import marisa_trie
    except ImportError:
        print("ahocorasick-rs is not installed: skipped")
        return
    trie = marisa_trie.Trie()
    trie.load(str(DATA / TRIE))
    begin = time.process_time()
    automaton = ahocorasick_rs.AhoCorasick(
        [f" {name}" for name in trie.keys()],  # noqa: SIM118 - a trie is no dict
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    )
    print(
        f"ahocorasick-rs: automaton of {len(trie):,} names built in {time.process_time() - begin:.1f} s, each process"
    )

    def folded(text: str) -> str:
        return " " + "".join(f"{word.folded} " for word in words(text))

    ready = [folded(t) for t in texts]
    timed(
        "ahocorasick-rs, text folded before, no clitics, no offsets",
        megabytes,
        lambda: sum(len(automaton.find_matches_as_indexes(t)) for t in ready),
    )
    timed(
        "ahocorasick-rs, folding included, no clitics, no offsets",
        megabytes,
        lambda: sum(len(automaton.find_matches_as_indexes(folded(t))) for t in texts),
    )


def memory() -> None:
    """Scan in two processes at once and print what each holds for itself and what both share."""
    if not Path("/proc/self/smaps").exists():
        print("memory: /proc is not there, skipped")
        return
    pair = [
        subprocess.Popen(
            [sys.executable, __file__, "--memory"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for one in pair:  # both have scanned before either is measured
        assert one.stdout is not None  # noqa: S101 - for the type checker
        one.stdout.readline()
    for one in pair:
        print(one.communicate("measure\n")[0], end="")


def _memory_child() -> None:
    texts = mixed_texts()
    with NameIndex() as names:
        for text in texts:
            for _ in names.scan(text):
                pass
        texts.clear()
        print("ready", flush=True)
        sys.stdin.readline()
        private = shared = 0
        mapped = ""
        for line in Path("/proc/self/smaps").read_text().splitlines():
            key, _, value = line.partition(":")
            if "-" in key.split(" ")[0]:
                mapped = line
            elif key in ("Private_Clean", "Private_Dirty"):
                private += int(value.split()[0])
            elif key == "Shared_Clean" and (TRIE in mapped or POSTINGS in mapped):
                shared += int(value.split()[0])
    print(f"a scanning process: {private / 1024:.0f} MB private, {shared / 1024:.1f} MB of the index shared")


if __name__ == "__main__":
    if sys.argv[1:] == ["--memory"]:
        _memory_child()
    elif not CORPORA.is_dir():
        print("the corpora are not beside this checkout: skipped")
    else:
        everything = mixed_texts()
        size = sum(len(text.encode()) for text in everything) / 1e6
        letters = sum(map(len, everything))
        arabic = sum("\u0600" <= c <= "\u06ff" for text in everything for c in text) / letters
        print(f"{len(everything):,} texts, {size:.1f} MB of UTF-8, {arabic:.0%} of the characters Arabic")
        ours(everything, size)
        flashgeotext(everything, size)
        aho_corasick(everything, size)
        memory()
