"""The compiled name index: opened by memory mapping, verified, asked.

Engine: a marisa trie over folded names, each with a space at its end, so that a prefix search ends at a word's end.
`gazetteer.scanner` walks it word by word.
"""

import hashlib
import json
import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import marisa_trie

from gazetteer.errors import DataDamagedError, DataMissingError, DataVersionError
from gazetteer.format import DATA, MANIFEST, ORDINAL_BITS, ORDINAL_MASK, POSTINGS, TRIE, VERSION
from gazetteer.names import Word, fold
from gazetteer.scanner import NameMatch, Posting, Scanner, dialect

__all__ = ["NameIndex", "NameMatch", "Posting", "read_manifest"]

_REBUILD = "build it again: pip install --force-reinstall geomap, or in a checkout: make clean test"


class NameIndex:
    """The names of the gazetteer. Use `NameIndex.open`; close it, or use it in a ``with``.

    Parameters
    ----------
    folder
        Where the built files are.

    Raises
    ------
    DataMissingError, DataVersionError, DataDamagedError
        Each says what to do about it.
    """

    def __init__(self, folder: Path = DATA) -> None:
        manifest = read_manifest(folder)
        for name in (TRIE, POSTINGS):
            _verify(folder / name, manifest["sha256"][name])
        self._trie = marisa_trie.Trie().mmap(str(folder / TRIE))
        with (folder / POSTINGS).open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._raw = memoryview(self._map)
        numbers = self._raw.cast("I")
        count = len(self._trie) + 1
        self._offsets = numbers[:count]
        self._postings = numbers[count:]
        self._numbers = numbers
        self._scanners: dict[str | None, Scanner] = {}

    def close(self) -> None:
        """Let go of the mapped files."""
        self._scanners.clear()
        for view in (self._offsets, self._postings, self._numbers, self._raw):
            view.release()
        self._map.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._trie)

    def _meanings(self, name_id: int) -> tuple[Posting, ...]:
        found = self._postings[self._offsets[name_id] : self._offsets[name_id + 1]]
        return tuple([Posting(n & ORDINAL_MASK, n >> ORDINAL_BITS) for n in found])

    def meanings(self, name: str) -> tuple[Posting, ...]:
        """Give what a whole written name may mean, nothing when it is unknown.

        Examples
        --------
        >>> with NameIndex() as names:
        ...     bool(names.meanings("Baghdad")), names.meanings("no such place at all")
        (True, ())
        """
        name_id = self._trie.get(fold(name) + " ")
        return () if name_id is None else self._meanings(name_id)

    def _scanner(self, language: str | None) -> Scanner:
        spoken = dialect(language)
        scanner = self._scanners.get(spoken)
        if scanner is None:
            scanner = self._scanners[spoken] = Scanner(self._trie, self._meanings, spoken)
        return scanner

    def scan(self, text: str, language: str | None = None) -> Iterator[NameMatch]:
        """Give every longest name in a text, from left to right, not overlapping.

        Parameters
        ----------
        text
            Any text; its length costs time, not memory.
        language
            ISO 639-1; tells which clitics and endings a word may have. None when it is unknown.

        Examples
        --------
        >>> text = "وصل إلى بغداد"
        >>> with NameIndex() as names:
        ...     [text[m.start : m.end] for m in names.scan(text)][-1:]
        ['بغداد']
        """
        return self._scanner(language).scan(text)

    def scan_words(self, text: str, tokens: Sequence[Word], language: str | None = None) -> Iterator[NameMatch]:
        """Like `scan`, for a text that was already split by `gazetteer.names.words`."""
        return self._scanner(language).scan_words(text, tokens)


def read_manifest(folder: Path = DATA) -> dict[str, Any]:
    """Read and check the manifest of the built files.

    Raises
    ------
    DataMissingError
        It was never built.
    DataVersionError
        It was built for another version of this package.
    DataDamagedError
        It is no manifest.
    """
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
        version = manifest["version"]
    except FileNotFoundError:
        raise DataMissingError(f"{path}: the gazetteer's data are not there; {_REBUILD}") from None
    except (ValueError, KeyError, TypeError):
        raise DataDamagedError(f"{path}: not a manifest of the gazetteer; {_REBUILD}") from None
    if version != VERSION:
        raise DataVersionError(f"{path}: data of version {version}, this package reads {VERSION}; {_REBUILD}")
    return manifest


def _verify(path: Path, expected: str) -> None:
    """Compare a file with its checksum: a damaged trie would crash the process when it is mapped."""
    try:
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise DataMissingError(f"{path}: the file is not there; {_REBUILD}") from None
    if actual != expected:
        raise DataDamagedError(f"{path}: the file is damaged (its SHA-256 differs); {_REBUILD}")
