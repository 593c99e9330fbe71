"""Rows of places → the files that the run time opens. Same rows, same bytes."""

import hashlib
import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import marisa_trie

from gazetteer.build.rows import Row
from gazetteer.build.variants import variants
from gazetteer.errors import SourceError
from gazetteer.format import (
    LONGEST_NAME_WORDS,
    MANIFEST,
    ORDINAL_BITS,
    PLACES,
    POSTINGS,
    TRIE,
    VERSION,
    BlockKind,
    NameFlag,
    block_number,
)
from gazetteer.names import name_keys
from gazetteer.place import PlaceKind
from gazetteer.sounds import heard_names, sound_keys
from gazetteer.store import INDEXES, MICRO, PROMINENT, SCHEMA, cell_of, stored_id

_HEARD = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.ADMIN1, PlaceKind.ADMIN2)


class NameTable:
    """Folded names and what they mean, on the way into the trie."""

    def __init__(self) -> None:
        self._meanings: dict[str, dict[int, NameFlag]] = {}
        self._blocks: dict[str, dict[BlockKind, frozenset[str]]] = {}

    def add(self, name: str, ordinal: int, flags: NameFlag) -> None:
        """Add one written name of one place; a name given twice keeps the flags of both."""
        for key in name_keys(name):
            if key.count(" ") >= LONGEST_NAME_WORDS:
                continue  # a scan would not look so far
            meanings = self._meanings.setdefault(key, {})
            meanings[ordinal] = merged_flags(meanings.get(ordinal), flags)

    def block(self, text: str, kind: BlockKind, languages: Iterable[str] = ()) -> None:
        """Add a text that is no place in some languages, in all of them where none is given."""
        for key in name_keys(text):
            self._meanings.setdefault(key, {})
            kinds = self._blocks.setdefault(key, {})
            spoken = frozenset(languages)
            old = kinds.get(kind)
            # in all languages by one source stays so
            kinds[kind] = spoken if old is None else old | spoken if old and spoken else frozenset()

    def write(self, trie_path: Path, postings_path: Path) -> int:
        """Write the trie and its postings; returns the number of names."""
        trie = marisa_trie.Trie(sorted(f"{key} " for key in self._meanings))
        trie.save(str(trie_path))
        by_id = sorted((trie[f"{key} "], key) for key in self._meanings)
        offsets, postings = array("I", [0]), array("I")
        for _, key in by_id:
            for kind, languages in sorted(self._blocks.get(key, {}).items()):
                postings.append(block_number(kind, languages) | NameFlag.BLOCK << ORDINAL_BITS)
            for ordinal, flags in sorted(self._meanings[key].items()):
                postings.append(ordinal | flags << ORDINAL_BITS)
            offsets.append(len(postings))
        postings_path.write_bytes(offsets.tobytes() + postings.tobytes())
        return len(by_id)


def merged_flags(old: NameFlag | None, new: NameFlag) -> NameFlag:
    """Give the flags of a name that a place has twice: what one source calls safe stays safe."""
    if old is None:
        return new
    conditions = NameFlag.CONTEXT | NameFlag.EXACT_CASE | NameFlag.ABBREVIATION | NameFlag.DEMONYM
    return (old | new) & ~conditions | (old & new & conditions)


def write_places(connection: sqlite3.Connection, rows: Iterable[Row], names: NameTable) -> dict[str, int]:
    """Number the rows, write them and their names; returns id → ordinal.

    Raises
    ------
    SourceError
        Two rows have one id, or a parent is not there.
    """
    connection.executescript(SCHEMA)
    kept = list(rows)
    ordinals = {row.id: ordinal for ordinal, row in enumerate(kept)}
    if len(ordinals) != len(kept):
        twice = sorted({row.id for i, row in enumerate(kept) if ordinals[row.id] != i})
        raise SourceError(f"places with one id: {', '.join(twice[:5])}; give each place its own id in its source")
    terms = _write_terms(connection, kept)
    for ordinal, row in enumerate(kept):
        if row.parent is not None and row.parent not in ordinals:
            raise SourceError(f"{row.id} ({row.name}): its parent {row.parent} is no place; mend its source")
        parent = None if row.parent is None else ordinals[row.parent]
        connection.execute(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                ordinal,
                stored_id(row.id),
                row.name,
                terms[row.kind.value],
                terms[row.feature],
                round(row.point.lng * MICRO),
                round(row.point.lat * MICRO),
                row.country,
                parent,
                row.population,
                row.radius_m,
                terms[row.source],
            ),
        )
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?)", [(ordinal, lang, name) for lang, name in sorted(row.display.items())]
        )
        connection.executemany("INSERT INTO sounds VALUES (?, ?)", [(key, ordinal) for key in _sounds_of(row)])
        for name, flags in row.names:
            names.add(name, ordinal, flags)
            for variant in variants(name, row.country):
                names.add(variant, ordinal, flags & ~NameFlag.PREFERRED)
    connection.executescript(INDEXES)
    return ordinals


def _sounds_of(row: Row) -> list[str]:
    """Keys of the Latin names of what may be read by its sound: settlements and areas."""
    if row.kind not in _HEARD:
        return []
    notations = heard_names([row.name, *row.display.values()])
    return sorted({key for notation in notations for key in sound_keys(notation) if len(key) > 1})


_NAMED = {PlaceKind.COUNTRY: "population", PlaceKind.SETTLEMENT: "population", PlaceKind.WATER: "radius_m"}
"""What a map of the world, or of a part of it, names: kinds, and what makes one of them large."""
_LINES_OF_WATER = ("STM", "CNL")


def write_prominent(connection: sqlite3.Connection) -> None:
    """Write down what maps name, by parts of the world; the places are there."""
    connection.executescript(PROMINENT)
    for kind, weight in _NAMED.items():
        query = (
            f"SELECT p.ordinal, p.kind, {weight}, lng, lat FROM places p JOIN terms k ON k.number = p.kind"
            " JOIN terms f ON f.number = p.feature WHERE k.text = ? AND f.text NOT IN (?, ?) AND (lng != 0 OR lat != 0)"
            " ORDER BY ordinal"
        )
        rows = connection.execute(query, (kind.value, *_LINES_OF_WATER)).fetchall()
        kept = [(number, cell_of(lng / MICRO, lat / MICRO), round(size), n) for n, number, size, lng, lat in rows]
        connection.executemany("INSERT INTO prominent VALUES (?, ?, ?, ?)", kept)


def _write_terms(connection: sqlite3.Connection, rows: Iterable[Row]) -> dict[str, int]:
    """Number the words that many rows share, the most frequent first; returns word → number."""
    count = Counter(word for row in rows for word in (row.kind.value, row.feature, row.source))
    ordered = sorted(count, key=lambda word: (-count[word], word))
    terms = {word: number for number, word in enumerate(ordered)}
    connection.executemany("INSERT INTO terms VALUES (?, ?)", [(number, word) for word, number in terms.items()])
    return terms


def write_manifest(folder: Path, counts: Mapping[str, int], sources: Mapping[str, str]) -> None:
    """Write the manifest last: a build that stopped half-way has none and is refused."""
    files = (TRIE, POSTINGS, PLACES)
    manifest = {
        "version": VERSION,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
        "counts": dict(counts),
        "sources": dict(sources),
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(f"{text}\n", "utf-8")
