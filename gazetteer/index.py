"""The compiled name index: opened by memory mapping, verified, scanned.

Engine: a marisa trie over folded names. For each word of a text one prefix search gives every name that begins there
and ends at a word's end; the longest is kept. Words with clitics (Arabic و ف ب ل ك, Hebrew ו ב ל מ ה כ ש) are tried
again without them, only when the whole word is no name itself.
"""

import hashlib
import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import marisa_trie

from gazetteer.clitics import stems
from gazetteer.errors import DataDamagedError, DataMissingError, DataVersionError
from gazetteer.format import DATA, MANIFEST, ORDINAL_BITS, ORDINAL_MASK, POSTINGS, TRIE, VERSION, NameFlag
from gazetteer.names import Word, fold, words

_LONGEST_NAME = 96
"""Characters of folded text that one prefix search looks at; the longest built name has 88."""

_REBUILD = "build it again: pip install --force-reinstall geomap, or in a checkout: make clean test"


@dataclass(frozen=True, slots=True)
class Posting:
    """One meaning of a name: a place's ordinal (or a `BlockKind`) and the kind of name it is."""

    ordinal: int
    flags: NameFlag


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in a text.

    Attributes
    ----------
    start, end
        Offsets in code points; clitics are left out.
    key
        The folded name.
    clitic
        What was cut from the front of the first word ("" mostly).
    postings
        What the name may mean.
    first, last
        Index of its first and last word among the words of the text.
    """

    start: int
    end: int
    key: str
    clitic: str
    postings: tuple[Posting, ...]
    first: int
    last: int


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

    def close(self) -> None:
        """Let go of the mapped files."""
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
        return tuple(Posting(n & ORDINAL_MASK, NameFlag(n >> ORDINAL_BITS)) for n in found)

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

    def _longest(self, folded: str) -> tuple[int, int] | None:
        """Length (without the closing space) and id of the longest name that begins ``folded``."""
        best = None
        for key, name_id in self._trie.iter_prefixes_with_ids(folded):
            best = (len(key) - 1, name_id)
        return best

    def scan(self, text: str) -> Iterator[NameMatch]:
        """Give every longest name in a text, from left to right, not overlapping.

        Examples
        --------
        >>> text = "وصل إلى بغداد"
        >>> with NameIndex() as names:
        ...     [text[m.start : m.end] for m in names.scan(text)][-1:]
        ['بغداد']
        """
        return self.scan_words(text, words(text))

    def scan_words(self, text: str, tokens: list[Word]) -> Iterator[NameMatch]:
        """Like `scan`, for a text that was already split by `gazetteer.names.words`."""
        joined, ends = _join(tokens)
        position = 0
        i = 0
        while i < len(tokens):
            match = self._match_at(text, tokens, i, joined[position : position + _LONGEST_NAME], ends, position)
            if match and match.last > i and self._outdone(tokens, match, joined, ends, position):
                match = None
            step = match.last + 1 if match else i + 1
            for k in range(i, step):
                position += len(tokens[k].folded) + 1
            i = step
            if match:
                yield match

    def _outdone(self, tokens: list[Word], match: NameMatch, joined: str, ends: dict[int, int], position: int) -> bool:
        """Whether a name of more words begins inside a match: "the Gulf" in "the Gulf of Aden"."""
        length = match.last - match.first
        for k in range(match.first, match.last):
            position += len(tokens[k].folded) + 1
            longer = self._longest(joined[position : position + _LONGEST_NAME])
            if longer and ends[position + longer[0]] - (k + 1) > length:
                return True
        return False

    def _match_at(  # noqa: PLR0913, PLR0917 - the parts of one inner loop, kept apart for reading
        self, text: str, tokens: list[Word], i: int, window: str, ends: dict[int, int], position: int
    ) -> NameMatch | None:
        whole = self._longest(window)
        if whole:
            return self._found(tokens, i, window, whole, ends[position + whole[0]], tokens[i].start, "")
        word = tokens[i].folded
        for clitic, stem in stems(word):
            cut = self._longest(stem + window[len(word) :])
            if cut:
                shift = len(word) - len(stem)  # لل → ل + ال puts one letter back
                last = ends[position + cut[0] + shift]
                start = _skip_letters(text, tokens[i], len(clitic))
                return self._found(tokens, i, stem + window[len(word) :], cut, last, start, clitic)
        return None

    def _found(  # noqa: PLR0913, PLR0917 - assembles one match out of its parts
        self,
        tokens: list[Word],
        first: int,
        window: str,
        found: tuple[int, int],
        last: int,
        start: int,
        clitic: str,
    ) -> NameMatch:
        length, name_id = found
        return NameMatch(start, tokens[last].end, window[:length], clitic, self._meanings(name_id), first, last)


def _join(tokens: list[Word]) -> tuple[str, dict[int, int]]:
    """Folded words parted by spaces, and the index of the word that ends at each end offset."""
    ends = {}
    position = 0
    for i, word in enumerate(tokens):
        ends[position + len(word.folded)] = i
        position += len(word.folded) + 1
    return "".join(f"{word.folded} " for word in tokens), ends


def _skip_letters(text: str, word: Word, letters: int) -> int:
    """Offset after so many letters of a word, its combining marks and tatweel not counted."""
    position = word.start
    for _ in range(letters):
        position += 1
        while position < word.end and not fold(text[position]):
            position += 1
    return position


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
