"""Phrases of a language's data file, found in a text's words.

A phrase is words parted by spaces; ``(a|b)`` is either, ``word*`` any ending, ``*word`` any beginning (German
compounds: ``*angriff``), ``*`` any word, ``..`` up to three further words, ``...`` up to ten that no mark of
punctuation parts. Before every word one of the language's clitics may stand. All phrases of a language are compiled
into one tree that is walked from every word of the text: linear time, however many phrases.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gazetteer.names import Word, fold
from geomap.errors import LanguageError

_GAP = ".."
_LONGEST_GAP = 3
_WIDE = "..."
_LONGEST_WIDE = 10
"""Words between a subject and the verb that ends its clause: insansız hava aracı Lübnan'ın güneyindeki Nebatiye
kasabasında bir motosikleti vurdu has seven."""
_WORD = re.compile(r"\([^()]*\)|[^\s()]+")
_ALLOWED = re.compile(r"\*?[^\W_]+(?:[-'’][^\W_]+)*|[^\W_]+(?:[-'’][^\W_]+)*\*|\*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its label, the words it spans (indices, last inclusive), and its offsets, clitics included."""

    label: str
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    exact: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    tails: dict[str, "_Node"] = field(default_factory=dict)
    any: "_Node | None" = None
    gap: "_Node | None" = None
    wide: "_Node | None" = None
    labels: list[str] = field(default_factory=list)
    lengths: tuple[int, ...] = ()
    tail_lengths: tuple[int, ...] = ()

    def child(self, word: str) -> "_Node":
        if word == _GAP:
            self.gap = self.gap or _Node()
            return self.gap
        if word == _WIDE:
            self.wide = self.wide or _Node()
            return self.wide
        if word == "*":
            self.any = self.any or _Node()
            return self.any
        if word.endswith("*"):
            node = self.stems.setdefault(word[:-1], _Node())
            self.lengths = tuple(sorted({len(stem) for stem in self.stems}))
            return node
        if word.startswith("*"):
            node = self.tails.setdefault(word[1:], _Node())
            self.tail_lengths = tuple(sorted({len(tail) for tail in self.tails}))
            return node
        return self.exact.setdefault(word, _Node())

    def descend(self, words: Sequence[str]) -> "_Node":
        """Give the node at the end of some words, made where it is missing."""
        node = self
        for word in words:
            node = node.child(word)
        return node

    def step(self, forms: Sequence[str]) -> Iterable["_Node"]:
        """Nodes that a word (in any of its forms) leads to."""
        for form in forms:
            if node := self.exact.get(form):
                yield node
            for length in self.lengths:
                if length <= len(form) and (node := self.stems.get(form[:length])):
                    yield node
            for length in self.tail_lengths:
                if length <= len(form) and (node := self.tails.get(form[-length:])):
                    yield node
        if self.any:
            yield self.any


class Lexicon:
    """All phrases of a language.

    Parameters
    ----------
    phrases
        Label → phrases.
    clitics
        What may stand in front of a word.
    file
        Where the phrases come from, for messages.

    Raises
    ------
    LanguageError
        A phrase can't be read.

    Examples
    --------
    >>> from gazetteer.names import words
    >>> lexicon = Lexicon({"attack": ["(rocket|missile) (attack|attacks)"]}, (), "en.toml")
    >>> [(hit.label, hit.start, hit.end) for hit in lexicon.find(words("a rocket attack on it"))]
    [('attack', 2, 15)]
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]], clitics: Iterable[str], file: str) -> None:
        self._root = _Node()
        self._clitics = tuple(sorted({fold(clitic) for clitic in clitics}, key=len))
        self._first_words: dict[str, _Node] = {}
        for label, written in phrases.items():
            first = self._first_words.setdefault(label, _Node())
            for phrase in written:
                slots = _slots(phrase, label, file)
                nodes = [self._root]
                for slot in slots:  # slot by slot: what alternatives share is walked once
                    nodes = [node.descend(words) for node in nodes for words in slot]
                for node in nodes:
                    if label not in node.labels:
                        node.labels.append(label)
                for words in slots[0]:
                    first.child(words[0])
        self.forms = lru_cache(maxsize=50_000)(self._forms)

    def _forms(self, word: str) -> tuple[str, ...]:
        """Give a folded word as it is and without each clitic that it may begin with."""
        stripped = (word[len(c) :] for c in self._clitics if word.startswith(c) and len(word) - len(c) > 1)
        return tuple(dict.fromkeys((word, *stripped)))

    def starts(self, form: str, label: str) -> bool:
        """Whether a folded word, taken as it is, begins a phrase of a label."""
        node = self._first_words.get(label)
        return node is not None and any(True for _ in node.step((form,)))

    def cut(self, word: str, label: str) -> str:
        """Give the clitic to cut from a folded word so that it begins a phrase of a label; "" when it does whole."""
        if self.starts(word, label):
            return ""
        rests = (form for form in self.forms(word)[1:] if self.starts(form, label))
        rest = max(rests, key=len, default=word)
        return word[: len(word) - len(rest)]

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """Give every phrase in the words of a text, in the order of their first words, overlapping ones included."""
        hits = []
        for first in range(len(words)):
            found: dict[str, int] = {}
            nodes = [(node, first) for node in self._root.step(self.forms(words[first].folded))]
            while nodes:
                node, last = nodes.pop()
                for label in node.labels:
                    found[label] = max(found.get(label, -1), last)
                nodes += [(child, at) for child, at in self._next(node, words, last)]
            for label, last in sorted(found.items()):
                hits.append(Hit(label, first, last, words[first].start, words[last].end))
        return hits

    def _next(self, node: _Node, words: Sequence[Word], last: int) -> Iterable[tuple[_Node, int]]:
        if last + 1 < len(words):
            for child in node.step(self.forms(words[last + 1].folded)):
                yield child, last + 1
        if node.gap:
            for at in range(last + 1, min(last + 2 + _LONGEST_GAP, len(words))):
                for child in node.gap.step(self.forms(words[at].folded)):
                    yield child, at
        if node.wide:
            for at in range(last + 1, min(last + 2 + _LONGEST_WIDE, len(words))):
                if words[at].start - words[at - 1].end > 1:  # a mark and a space, no single space or apostrophe
                    break
                for child in node.wide.step(self.forms(words[at].folded)):
                    yield child, at


def _slots(phrase: str, label: str, file: str) -> list[list[tuple[str, ...]]]:
    """Parse a phrase: for each of its words, or (a|b), the folded words of each alternative."""
    slots = []
    for piece in _WORD.findall(phrase):
        options = piece[1:-1].split("|") if piece.startswith("(") else [piece]
        slots.append([_folded(option, phrase, label, file) for option in options])
    if not slots:
        raise LanguageError(f"{file}: {label}: an empty phrase; remove it")
    if any(words[0] in (_GAP, _WIDE) for words in slots[0]) or any(words[-1] in (_GAP, _WIDE) for words in slots[-1]):
        raise LanguageError(f"{file}: {label}: {phrase!r}: '..' stands at an end; it needs a word on both sides")
    return slots


def _folded(option: str, phrase: str, label: str, file: str) -> tuple[str, ...]:
    words: list[str] = []
    for word in option.split():
        if word in (_GAP, _WIDE):
            words.append(word)
        elif not _ALLOWED.fullmatch(word):
            raise LanguageError(
                f"{file}: {label}: {phrase!r}: can't read {word!r}; use letters, word*, *word, *, .. and (a|b) only"
            )
        elif word == "*":
            words.append("*")
        else:
            folded = fold(word).split()
            if word.endswith("*"):
                folded[-1] += "*"
            elif word.startswith("*"):
                folded[0] = "*" + folded[0]
            words += folded
    if not words:
        raise LanguageError(f"{file}: {label}: {phrase!r}: an empty alternative; remove it")
    return tuple(words)
