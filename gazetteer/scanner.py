"""Text → the names in it: the longest from each word, whole words only, clitics and endings proposed and checked.

One pass splits a text into words; each distinct word is folded, stripped and looked up once and remembered, and so is
each word that follows the beginning of a name. What is left in the loop are look-ups in dictionaries: most words of a
text begin no name and are passed over at once (``docs/decisions/0001-name-index.md`` has the measurements).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import Any, NamedTuple

from gazetteer.clitics import stands_alone, stems
from gazetteer.format import BLOCK, DEMONYM, LONGEST_NAME_WORDS, BlockKind, blocked_as
from gazetteer.inflection import BENDS_LATIN, FIRST_WORDS, PERSIAN_SUFFIXES, TURKISH_SUFFIXES, bases, inner_bases
from gazetteer.names import WORDS, Word, fold_word

_CHUNK = 20_000
"""Characters split into words at a time: a text in one line of 13 MB took 800 MB when it was split whole."""
_AHEAD = 2 * LONGEST_NAME_WORDS
"""Words that a match may look at behind the one that it begins with: its own, and those of a longer name inside."""
_LONGEST_WORD = 96
"""Characters of the longest word that is looked up and remembered; the longest word of a built name has 58."""
_REMEMBERED = 150_000
"""Words and continuations remembered before all are forgotten: about 30 MB, the words of 5 MB of news."""

_OFTEN = 16
"""Words asked behind the beginning of a name, from which all words that may follow it are listed."""
_MOST_LISTED = 8_000
"""Names of one beginning that are listed: 5,600 begin with San, 43,000 with District."""

_DIALECTS = frozenset({"fa", "tr", "de", "ru", "uk"})
"""Languages whose clitics and endings differ from what is tried in a text of any other or of unknown language."""


class Posting(NamedTuple):
    """One meaning of a name: a place's ordinal and the kind of name it is; for a block what `blocked` tells.

    ``flags`` are those of `NameFlag`, as a plain integer.
    """

    ordinal: int
    flags: int

    def blocked(self, language: str | None) -> BlockKind | None:
        """Give why the name is no place in a text of a language (None: unknown); None when it is one or may be one."""
        return blocked_as(self.ordinal, language) if self.flags & BLOCK else None


class NameMatch(NamedTuple):
    """A name found in a text. A tuple, because a scan makes hundreds of thousands a second.

    Attributes
    ----------
    start, end
        Offsets in code points. Clitics are left out, and so is what follows an apostrophe (İstanbul'da); an ending
        that is one with the name is inside (Харькове).
    key
        The folded name.
    clitic
        What was cut from the front of the first word ("" mostly).
    inflected
        Whether an ending was changed to find the name.
    postings
        What the name may mean.
    first, last
        Index of its first and last word among the words of the text.
    """

    start: int
    end: int
    key: str
    clitic: str
    inflected: bool
    postings: tuple[Posting, ...]
    first: int
    last: int


class _Name(NamedTuple):
    key: str
    clitic: str
    inflected: bool
    postings: tuple[Posting, ...]


class _Way(NamedTuple):
    """The beginning of a name that some words of a text may be.

    ``prefix`` is folded and ends with a space; ``name_id`` is -1 where no name ends here; ``goes_on`` says whether a
    longer one may.
    """

    prefix: str
    clitic: str
    inflected: bool
    name_id: int
    goes_on: bool


_Node = tuple[_Name | None, "_Branch | None"]
"""The name that ends at a word (if one does), and the words that may follow (if any may)."""


class _Branch(dict[str, _Node | None]):
    """The words that follow the beginning of a name, as written; None for those that continue no name."""

    __slots__ = ("_prefix", "_scanner", "_ways")

    def __init__(self, scanner: "Scanner", ways: Sequence[_Way]) -> None:
        super().__init__()
        self._scanner = scanner
        self._ways = ways
        self._prefix = ways[0].prefix if len(ways) == 1 else ""

    def __missing__(self, surface: str) -> _Node | None:
        scanner = self._scanner
        if self._prefix and surface.isascii() and not scanner.follows(self._prefix, surface.lower()):
            return scanner.remember(self, surface, None)  # the usual case, cut short: it continues no name
        node = scanner.node(scanner.continued(self._ways, surface)) if _is_short(surface) else None
        return scanner.remember(self, surface, node)


class _Root(dict[str, _Node | None]):
    """The words that begin a name, as written; None for those that begin none."""

    __slots__ = ("_scanner", "met_empty")

    def __init__(self, scanner: "Scanner") -> None:
        super().__init__()
        self._scanner = scanner
        self.met_empty = False

    def __missing__(self, surface: str) -> _Node | None:
        scanner = self._scanner
        if surface.isascii() and not scanner.bends_latin:  # the usual case, cut short: no clitics, no endings to try
            way = scanner.way(f"{surface.lower()} ")
            return scanner.remember(self, surface, scanner.node((way,)) if way else None)
        folded = fold_word.__wrapped__(surface)
        if not folded:  # a modifier letter alone: it is no word, and is not remembered, so that it is met each time
            self.met_empty = True
            return None
        node = scanner.node(scanner.begun(folded, surface)) if _is_short(surface) else None
        return scanner.remember(self, surface, node)


def _is_short(surface: str) -> bool:
    return len(surface) <= _LONGEST_WORD


class Scanner:
    """Finds names for texts of one language.

    Parameters
    ----------
    trie
        The marisa trie of folded names, each with a space at its end.
    meanings
        Name id → its postings.
    language
        Of the texts; None when it is unknown.
    """

    def __init__(self, trie: Any, meanings: Callable[[int], tuple[Posting, ...]], language: str | None) -> None:
        self._trie = trie
        self.keys: Callable[[str], Iterator[str]] = trie.iterkeys
        self._meanings = meanings
        self._language = language
        self.bends_latin = language in BENDS_LATIN
        self._root = _Root(self)
        self._entries = 0
        self._asked: dict[str, int] = {}
        self._following: dict[str, frozenset[str]] = {}

    def remember(self, branch: dict[str, _Node | None], surface: str, node: _Node | None) -> _Node | None:
        """Keep what a word leads to; forget everything first when that is too much."""
        if len(surface) > _LONGEST_WORD:
            return node
        self._entries += 1
        if self._entries > _REMEMBERED:
            self._root.clear()
            self._asked.clear()
            self._following.clear()
            self._entries = 0
        branch[surface] = node
        return node

    def follows(self, prefix: str, folded: str) -> bool:
        """Tell whether a name may go on with a word; the words that do are listed for a prefix that is often asked."""
        following = self._following.get(prefix)
        if following is not None:
            return folded in following
        asked = self._asked[prefix] = self._asked.get(prefix, 0) + 1
        if asked == _OFTEN:
            length = len(prefix)
            names = list(islice(self.keys(prefix), _MOST_LISTED))
            if len(names) < _MOST_LISTED:
                self._following[prefix] = frozenset([name[length:].partition(" ")[0] for name in names])
                self._entries += len(self._following[prefix])
        return next(self.keys(f"{prefix}{folded} "), None) is not None

    def way(self, prefix: str, clitic: str = "", *, inflected: bool = False, alone: bool = True) -> _Way | None:
        """Look up the beginning of a name; None where none begins so. Not ``alone``: only names that go on count."""
        found = self.keys(prefix)
        for key in found:
            if key != prefix:  # a name itself comes before those that go on
                return _Way(prefix, clitic, inflected, -1, goes_on=True)
            goes_on = next(found, None) is not None
            if alone or goes_on:
                return _Way(prefix, clitic, inflected, self._trie[prefix] if alone else -1, goes_on)
        return None

    def begun(self, folded: str, surface: str) -> list[_Way]:
        """Give the ways in which a word may begin a name, the likeliest first: whole, without clitics, as a base."""
        language, keys = self._language, self.keys
        forms = [("", folded), *stems(folded, surface, language)]
        # most forms are no names: those are found out here, without a call
        ways = [
            way
            for clitic, form in forms
            for _ in islice(keys(f"{form} "), 1)
            if (way := self.way(f"{form} ", clitic, alone=not clitic or stands_alone(form)))
        ]
        if not surface[0].islower():
            ways += self._bent(bases(folded, surface, language), alone=True)
        for clitic, form in forms:
            if form in FIRST_WORDS:
                ways += self._bent((FIRST_WORDS[form],), clitic, alone=False)
        return ways

    def _bent(self, found: Iterable[str], clitic: str = "", *, alone: bool) -> list[_Way]:
        return [way for base in found if (way := self.way(f"{base} ", clitic, inflected=True, alone=alone))]

    def continued(self, ways: Sequence[_Way], surface: str) -> list[_Way]:
        """Give the ways that go on with a word, as it is, else inflected like the words before it."""
        folded = fold_word(surface)
        exact, inflected = [], []
        bent: tuple[str, ...] | None = None
        for prefix, clitic, changed, _, _ in ways:
            if self.follows(prefix, folded) and (way := self.way(f"{prefix}{folded} ", clitic, inflected=changed)):
                exact.append(way)
                continue
            bent = inner_bases(folded, self._language) if bent is None else bent
            inflected += [
                way
                for base in bent
                if self.follows(prefix, base) and (way := self.way(f"{prefix}{base} ", clitic, inflected=True))
            ]
        return exact + inflected

    def node(self, ways: Sequence[_Way]) -> _Node | None:
        """Give the name that the likeliest way ends with and what may follow; None where there is no way."""
        if not ways:
            return None
        longer = [way for way in ways if way.goes_on]
        return (self._name(ways), _Branch(self, longer) if longer else None)

    def _name(self, ways: Iterable[_Way]) -> _Name | None:
        """Give the likeliest name; in German, French syriens yields to Syriens, Syria's."""
        people = None
        for way in ways:
            if way.name_id < 0:
                continue
            postings = self._meanings(way.name_id)
            name = _Name(way.prefix[:-1], way.clitic, way.inflected, postings)
            if self._language != "de" or any(not p.flags & DEMONYM for p in postings):
                return name
            people = people or name
        return people

    def scan(self, text: str) -> Iterator[NameMatch]:
        """Give every longest name in a text, from left to right, not overlapping."""
        begin, base, size, free = 0, 0, _CHUNK, 0
        while begin < len(text):
            parts = WORDS.split(text[begin : begin + size])
            written = parts[1::2]
            starts = list(accumulate(map(len, parts), initial=begin))[1::2]
            self._root.met_empty = False
            nodes = [self._root[word] for word in written]
            if self._root.met_empty:
                kept = [k for k, word in enumerate(written) if fold_word(word)]
                written, starts = [written[k] for k in kept], [starts[k] for k in kept]
                nodes = [nodes[k] for k in kept]
            final = begin + size >= len(text)
            if not final and len(written) <= 2 * _AHEAD:
                size *= 2  # words so long that too few fit: every piece is twice the last, which keeps the cost linear
                continue
            stop = len(written) if final else len(written) - _AHEAD
            matches, free = self._matches(_Words(text, written, starts, base), nodes[:stop], free)
            yield from matches
            begin = len(text) if final else starts[stop]
            base, free, size = base + stop, max(free - stop, 0), _CHUNK

    def scan_words(self, text: str, tokens: Sequence[Word]) -> Iterator[NameMatch]:
        """Like `scan`, for a text that was already split by `gazetteer.names.words`."""
        written = [text[token.start : token.end] for token in tokens]
        words = _Words(text, written, [token.start for token in tokens], 0)
        return iter(self._matches(words, [self._root[word] for word in written], 0)[0])

    def _matches(self, words: "_Words", nodes: Sequence[_Node | None], free: int) -> tuple[list[NameMatch], int]:
        """Give the matches that begin with the word of one of the nodes, and the first word that is free behind them.

        This is the inner loop of all reading: it is written for speed.
        """
        text, written, starts, base = words
        found = []
        for i, node in enumerate(nodes):
            if node is None or i < free:
                continue
            name, branch = node
            last = i
            if branch is not None:
                name, last = _longest(written, i, name, branch)
                if last > i and self._outdone(written, i, last):
                    continue
            if name is None:
                continue
            key, clitic, inflected, postings = name
            start, end = starts[i], starts[last] + len(written[last])
            if clitic:
                start += _length_of(written[i], len(clitic))
            free = last + 1
            if text[end : end + 1] in _BEFORE_SUFFIX and self._is_suffix(words, last):
                free += 1
            found.append(NameMatch(start, end, key, clitic, inflected, postings, i + base, last + base))
        return found, free

    def _outdone(self, written: list[str], first: int, last: int) -> bool:
        """Whether a name of more words begins inside a match: "the Gulf" in "the Gulf of Aden"."""
        for k in range(first + 1, last + 1):
            node = self._root[written[k]]
            if node and node[1] is not None:
                _, end = _longest(written, k, *node)
                if end - k > last - first:
                    return True
        return False

    def _is_suffix(self, words: "_Words", last: int) -> bool:
        """Whether the next word is a suffix behind an apostrophe or a joiner: İstanbul'da, Baghdad's, سوریه‌ی."""
        k = last + 1
        if k >= len(words.written) or words.starts[k] != words.starts[last] + len(words.written[last]) + 1:
            return False
        suffix = fold_word(words.written[k])
        if words.text[words.starts[k] - 1] == "\u200c":
            return suffix in PERSIAN_SUFFIXES
        return suffix == "s" or (self._language in (None, "tr") and suffix in TURKISH_SUFFIXES)


class _Words(NamedTuple):
    """A piece of a text: its words as written, where each begins, and how many words of the text stand before it."""

    text: str
    written: list[str]
    starts: list[int]
    base: int


_BEFORE_SUFFIX = ("'", "’", "\u200c")


def _longest(
    written: Sequence[str], first: int, name: _Name | None, branch: _Branch | None
) -> tuple[_Name | None, int]:
    """The longest name that begins with a word, and the index of its last word."""
    last = at = first
    count = len(written)
    while branch is not None:
        at += 1
        if at == count or (step := branch[written[at]]) is None:
            break
        longer, branch = step
        if longer is not None:
            name, last = longer, at
    return name, last


def _length_of(word: str, letters: int) -> int:
    """Characters that so many letters of a word take, with their combining marks and tatweel."""
    position = 0
    for _ in range(letters):
        position += 1
        while position < len(word) and not fold_word(word[position]):
            position += 1
    return position


def dialect(language: str | None) -> str | None:
    """Give the language whose scanner serves a text: few differ."""
    return language if language in _DIALECTS else None
