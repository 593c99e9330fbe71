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
from typing import NamedTuple

from gazetteer.names import Word, fold
from geomap.errors import LanguageError

_GAP = ".."
_LONGEST_GAP = 3
_WIDE = "..."
_LONGEST_WIDE = 10
"""Words between a subject and the verb that ends its clause: insansız hava aracı Lübnan'ın güneyindeki Nebatiye
kasabasında bir motosikleti vurdu has seven."""
_REMEMBERED = 50_000
"""Words whose outcome is kept: those of some hundred articles."""
_WORD = re.compile(r"\([^()]*\)|[^\s()]+")
_ALLOWED = re.compile(r"\*?[^\W_]+(?:[-'’][^\W_]+)*|[^\W_]+(?:[-'’][^\W_]+)*\*|\*", re.UNICODE)


class Hit(NamedTuple):
    """A phrase found: its label, the words it spans (indices, last inclusive), and its offsets, clitics included."""

    label: str
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class _Node:
    exact: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    tails: dict[str, "_Node"] = field(default_factory=dict)
    any: "_Node | None" = None
    gap: "_Node | None" = None
    wide: "_Node | None" = None
    links: list["_Node"] = field(default_factory=list)
    """Trees whose words may follow as well: what is the same behind each alternative of a phrase is kept once."""
    labels: list[str] = field(default_factory=list)
    lengths: tuple[int, ...] = ()
    tail_lengths: tuple[int, ...] = ()
    inexact: bool = False
    goes_on: bool = False

    def child(self, word: str) -> "_Node":
        self.goes_on = True
        if word == _GAP:
            self.gap = self.gap or _Node()
            return self.gap
        if word == _WIDE:
            self.wide = self.wide or _Node()
            return self.wide
        self.inexact = self.inexact or "*" in word
        if word == "*":
            self.any = self.any or _Node()
            return self.any
        if word.endswith("*"):
            self.lengths = tuple(sorted({*self.lengths, len(word) - 1}))
            branches, word = self.stems, word[:-1]
        elif word.startswith("*"):
            self.tail_lengths = tuple(sorted({*self.tail_lengths, len(word) - 1}))
            branches, word = self.tails, word[1:]
        else:
            branches = self.exact
        if word not in branches:
            branches[word] = _Node()
        return branches[word]

    def descend(self, words: Sequence[str]) -> "_Node":
        """Give the node at the end of some words, made where it is missing."""
        node = self
        for word in words:
            node = node.child(word)
        return node

    @property
    def far(self) -> bool:
        """Whether a word further on may lead from it."""
        return self.gap is not None or self.wide is not None or any(tree.far for tree in self.links)

    def step(self, forms: Sequence[str]) -> Sequence["_Node"]:
        """Nodes that a word (in any of its forms) leads to."""
        exact = self.exact
        if len(forms) == 1 and not self.inexact:  # the usual case, cut short
            node = exact.get(forms[0])
            return (node,) if node else ()
        found = [exact[form] for form in forms if form in exact]
        if self.inexact:
            for form in forms:
                found += [self.stems[form[:n]] for n in self.lengths if n <= len(form) and form[:n] in self.stems]
                found += [
                    self.tails[form[-n:]] for n in self.tail_lengths if n <= len(form) and form[-n:] in self.tails
                ]
            if self.any:
                found.append(self.any)
        return found


_Slot = list[tuple[str, ...]]
"""One place in a phrase: the alternatives that may stand there, each of one word or more."""
_Rest = tuple[str, tuple[tuple[tuple[str, ...], ...], ...]]
"""A label and the last slots of its phrases."""
_Beginning = tuple[tuple[str, ...], tuple[_Node, ...]]
"""The labels of the phrases that a word is by itself, and the nodes of those that it begins."""
_NOTHING: _Beginning = ((), ())
"""What most words begin."""


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
        rests: dict[_Rest, _Node] = {}
        for label, written in phrases.items():
            first = self._first_words.setdefault(label, _Node())
            for phrase in written:
                slots = _slots(phrase, label, file)
                _insert(self._root, slots, label, rests)
                for words in slots[0]:
                    first.child(words[0])
        self.forms = lru_cache(maxsize=_REMEMBERED)(self._forms)
        self._begun = lru_cache(maxsize=_REMEMBERED)(self._begin)
        self._second = lru_cache(maxsize=_REMEMBERED)(self._goes_on_with)

    def _forms(self, word: str) -> tuple[str, ...]:
        """Give a folded word as it is and without each clitic that it may begin with."""
        if not self._clitics:
            return (word,)
        stripped = (word[len(c) :] for c in self._clitics if word.startswith(c) and len(word) - len(c) > 1)
        return tuple(dict.fromkeys((word, *stripped)))

    def starts(self, form: str, label: str) -> bool:
        """Whether a folded word, taken as it is, begins a phrase of a label."""
        node = self._first_words.get(label)
        return node is not None and bool(node.step((form,)))

    def cut(self, word: str, label: str) -> str:
        """Give the clitic to cut from a folded word so that it begins a phrase of a label; "" when it does whole."""
        if self.starts(word, label):
            return ""
        rests = (form for form in self.forms(word)[1:] if self.starts(form, label))
        rest = max(rests, key=len, default=word)
        return word[: len(word) - len(rest)]

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """Give every phrase in the words of a text, in the order of their first words, overlapping ones included."""
        folded = [word.folded for word in words]
        forms = list(map(self.forms, folded))
        hits: list[Hit] = []
        begun = [(first, one) for first, one in enumerate(self._beginnings(folded)) if one is not _NOTHING]
        for first, (labels, going) in begun:
            if not going:
                start, end, _ = words[first]
                hits += [Hit(label, first, first, start, end) for label in labels]
                continue
            found = dict.fromkeys(labels, first)
            nodes = [(node, first) for node in going]
            while nodes:
                for child, at in _next(*nodes.pop(), words, forms):
                    for label in child.labels:
                        if at > found.get(label, -1):
                            found[label] = at
                    if child.goes_on:
                        nodes.append((child, at))
            if found:
                start = words[first].start
                hits += [Hit(label, first, last, start, words[last].end) for label, last in sorted(found.items())]
        return hits

    def _beginnings(self, folded: Sequence[str]) -> Iterable[_Beginning]:
        """Give what each word of a text begins."""
        begun = map(self._begun, folded)
        wild = self._root.any
        if wild is None:
            return begun
        second = [True] * len(folded) if wild.far else [*map(self._second, folded[1:]), False]
        return [(one[0], (*one[1], wild)) if goes_on else one for one, goes_on in zip(begun, second, strict=False)]

    def _begin(self, word: str) -> _Beginning:
        nodes = [node for node in self._root.step(self.forms(word)) if node is not self._root.any]
        if not nodes:
            return _NOTHING
        labels = tuple(sorted({label for node in nodes for label in node.labels}))
        return labels, tuple(node for node in nodes if node.goes_on)

    def _goes_on_with(self, word: str) -> bool:
        """Whether a phrase that begins with any word may go on with a folded one."""
        wild = self._root.any
        return wild is not None and any(node.step(self.forms(word)) for node in (wild, *wild.links))


def _insert(root: _Node, slots: Sequence[_Slot], label: str, rests: dict[_Rest, _Node]) -> None:
    """Put a phrase into a tree; what follows a choice of several words is one tree that they share."""
    nodes = [root]
    for k, slot in enumerate(slots):
        nodes = [node.descend(words) for node in nodes for words in slot]
        rest = slots[k + 1 :]
        if len(nodes) > 1 and rest:
            key = label, tuple(map(tuple, rest))
            if key not in rests:
                rests[key] = _Node()
                _insert(rests[key], rest, label, rests)
            for node in nodes:
                node.goes_on = True
                if rests[key] not in node.links:
                    node.links.append(rests[key])
            return
    for node in nodes:
        if label not in node.labels:
            node.labels.append(label)


def _next(node: _Node, last: int, words: Sequence[Word], forms: Sequence[tuple[str, ...]]) -> list[tuple[_Node, int]]:
    """Give the nodes that the words behind one lead to, each with its last word."""
    found: list[tuple[_Node, int]] = []
    following = forms[last + 1] if last + 1 < len(words) else ()
    for tree in (node, *node.links):
        if tree.inexact or tree.gap or tree.wide:
            found += _next_in(tree, last, words, forms)
            continue
        exact = tree.exact  # the usual case, cut short: some nodes have thirty trees
        found += [(exact[form], last + 1) for form in following if form in exact]
    return found


def _next_in(
    node: _Node, last: int, words: Sequence[Word], forms: Sequence[tuple[str, ...]]
) -> list[tuple[_Node, int]]:
    count = len(words)
    found = [(child, last + 1) for child in node.step(forms[last + 1])] if last + 1 < count else []
    if node.gap:
        for at in range(last + 1, min(last + 2 + _LONGEST_GAP, count)):
            found += [(child, at) for child in node.gap.step(forms[at])]
    if node.wide:
        for at in range(last + 1, min(last + 2 + _LONGEST_WIDE, count)):
            if words[at].start - words[at - 1].end > 1:  # a mark and a space, no single space or apostrophe
                break
            found += [(child, at) for child in node.wide.step(forms[at])]
    return found


def _slots(phrase: str, label: str, file: str) -> list[_Slot]:
    """Parse a phrase: for each of its words, or (a|b), the folded words of each alternative."""
    slots: list[_Slot] = []
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
