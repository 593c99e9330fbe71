"""Expressions of a language, written as patterns in its file, and found in a text in linear time.

How patterns are written is told in `geomap.languages.notation`. All patterns of a language make one tree (words and
slots are its branches), walked from each word that can begin an expression. A walk is as long as the longest pattern,
so the time is linear in the text. The longest reading wins, then the pattern that comes first.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from geomap.languages.notation import ANY_FIGURE, Pattern, PatternError, inner, parse
from geomap.languages.reading import (
    DIGITS,
    LETTERS,
    Form,
    Token,
    fold_token,
    form_reader,
    parts_of,
    pieces,
    runs_of,
    token_at,
    word_before,
)
from geomap.languages.table import Table

_TWIN = re.compile(r"\s?[/(–-]\s?")
_CLOSING = re.compile(r"\s?\)")

# Words whose readings, and positions whose steps, are kept: enough for a text, and a bound for any.
_CACHED = 50_000
_LONGEST_WORD = 60
_REMEMBERED = 64
_PLAIN = 30
"""Letters of the longest word that is looked at as a whole; the readers of a text take up to 40 at once."""
_NUMBER = "{}"
"""Stands for a number among the branches that may follow a word: no slot has this name."""
_NOWHERE = (sys.maxsize, sys.maxsize)


class Filled(NamedTuple):
    """A slot and what fills it: ``Filled("month", "gregorian", 11, 3, 11)``; offsets into the text."""

    slot: str
    kind: str
    number: int
    start: int
    end: int
    ambiguous: bool = False


class Match(NamedTuple):
    """A pattern found in a text: offsets, the name of its list, and its filled slots in order."""

    start: int
    end: int
    meaning: str
    filled: tuple[Filled, ...]


class Meaning(NamedTuple):
    """What a word of a slot's list stands for.

    An ``ambiguous`` word never is an expression by itself; a ``capital`` one has to begin with a capital letter.
    """

    kind: str
    number: int
    ambiguous: bool = False
    capital: bool = False


class _Word(NamedTuple):
    """An entry of a slot's list: the folded words after the first, the slot's branch, and what it stands for."""

    rest: tuple[str, ...]
    slot: str
    meaning: Meaning


class _End(NamedTuple):
    """The end of a pattern: what it means, what has to stand around it, its rank, whether it is a single word."""

    meaning: str
    written: Pattern
    rank: int
    alone: bool


class _Node:
    """A place in the tree of patterns; branches are keyed by a folded word or by a slot in braces."""

    __slots__ = ("branches", "ends", "reads")

    def __init__(self) -> None:
        self.branches: dict[str, _Node] = {}
        self.reads: list[tuple[Reader, _Node]] = []
        self.ends: list[_End] = []


class _Reading(NamedTuple):
    """What one form of a word can be in any pattern: a word of a pattern, an entry of a list, or its beginning."""

    form: Form
    entries: tuple[_Word, ...]
    begun: dict[str, tuple[_Word, ...]]
    begins_number: bool


_Move = tuple[str, int, int, tuple["Filled", ...]]
"""A step along the tree that the text allows at a position: the branch, offsets, what it fills."""

_Here = tuple[tuple[_Move, ...], Token | None]
"""The steps at a position, and its token when it can be a number."""

Reader = Callable[[str, Token], Iterator[Filled]]
"""Reads what fills a slot from a token on: for slots that are numbers and not words of a list."""


class InWords(Protocol):
    """What a grammar asks of the numbers of a language that are written in words."""

    def begins(self, word: str) -> bool:
        """Tell whether a word begins a number, in figures or words."""

    def holds(self, word: str) -> bool:
        """Tell whether a word may stand in a number, wherever in it."""

    def begun(self, word: str) -> tuple[bool, frozenset[str]]:
        """Tell whether a word is a number by itself, and the second words of the numbers that it begins."""


class Grammar:
    """The patterns of a language with their lists of words.

    Parameters
    ----------
    attached
        Short words that are written attached to the next one (Arabic و, ب).
    readers
        For each slot that is a number, the function that reads it.
    in_words
        The numbers that are written in words; what they are is read for the slot ``number``.
    twins
        Slots whose word may be followed by another word for the same: ``تشرين الثاني/نوفمبر``.

    Examples
    --------
    >>> grammar = Grammar()
    >>> grammar.add_word("month", "November", Meaning("gregorian", 11))
    >>> grammar.add_word("which", "last", Meaning("", -1))
    >>> grammar.add_pattern("date", "[{which}] {month}")
    >>> [(m.start, m.end, m.meaning) for m in grammar.find("It was last November, not in December.")]
    [(7, 20, 'date')]
    """

    def __init__(
        self,
        attached: tuple[str, ...] = (),
        readers: dict[str, Reader] | None = None,
        in_words: InWords | None = None,
        twins: frozenset[str] = frozenset(),
    ) -> None:
        self.forms = form_reader(attached)
        self._plain = not attached
        self._readers = readers or {}
        self._in_words = in_words
        self._twins = twins
        self._lists: dict[str, list[_Word]] = {}
        self._literals: set[str] = set()
        self._slots = set(self._readers)
        self._root = _Node()
        self._patterns = 0
        self._readings: dict[str, tuple[_Reading, ...]] = {}
        self._beginnings = lru_cache(maxsize=_CACHED)(self._find_beginnings)
        self._wanted = lru_cache(maxsize=_CACHED)(self._find_wanted)
        self._given = lru_cache(maxsize=_CACHED)(self._find_given)

    def add_word(self, slot: str, phrase: str, meaning: Meaning) -> None:
        """Add a word or phrase to a slot's list."""
        first, *rest = pieces(phrase)
        self._slots.add(slot)
        self._lists.setdefault(first, []).append(_Word(tuple(rest), slot, meaning))

    def add_pattern(self, meaning: str, pattern: str) -> None:
        """Add a pattern; PatternError says what is wrong with its writing."""
        written = parse(pattern)
        nodes = [self._root]
        for part in written.core:
            further = nodes
            for element in inner(part):
                further = [child for node in further for child in self._children(node, element)]
            nodes = nodes + further if part[0] == "[" else further
        if self._root in nodes:
            raise PatternError("all of it may be missing; something has to stand outside square brackets")
        slots = () if written.before else tuple(n for name, n in self._root.branches.items() if name[0] == "{")
        for node in nodes:
            alone = node in slots
            node.ends.append(_End(meaning, written, self._patterns, alone))
        self._patterns += 1

    def _children(self, node: _Node, element: str) -> list[_Node]:
        if element[0] == "{":
            if element[1:-1] not in self._slots:
                raise PatternError(f"{element} is not known; known are {', '.join(sorted(self._slots))}")
            child = node.branches.get(element)
            if child is None:
                child = node.branches[element] = _Node()
                if reader := self._readers.get(element[1:-1]):
                    node.reads.append((reader, child))
            return [child]
        children = []
        for word in element.split("|") if len(element) > 1 else [element]:
            end = node
            for piece in pieces(word):
                self._literals.add(piece)
                end = end.branches.setdefault(piece, _Node())
            children.append(end)
        return children

    def find(self, text: str, skip: Iterable[tuple[int, int]] = ()) -> Iterator[Match]:
        """Give the expressions of a text in order; they overlap neither each other nor the spans to skip."""
        done = 0
        closed = iter(skip)
        wall, wall_end = next(closed, _NOWHERE)
        known: dict[int, _Here] = {}
        written, starts, gaps = runs_of(text)
        for i, offsets in enumerate(map(self._beginnings, written)):
            if not offsets:
                continue  # most begin nothing
            if gaps[i] == " " and i + 1 < len(written) and self._ends_at(written[i], written[i + 1]):
                continue
            for offset in offsets:
                position = starts[i] + offset
                if text.startswith("_", position - 1) and position:  # inside a hashtag: #روسيا_اليوم
                    continue
                while position >= wall_end:
                    wall, wall_end = next(closed, _NOWHERE)
                if done <= position < wall:
                    found = self._match(text, position, known)
                    if found is not None and found.end <= wall and not text.startswith("_", found.end):
                        done = found.end
                        yield found

    def _find_beginnings(self, run: str) -> tuple[int, ...]:
        """Find the words of a run of letters and digits with which an expression may begin: their offsets."""
        return tuple(start for start, word in parts_of(run) if self._begins(word))

    def _ends_at(self, run: str, following: str) -> bool:
        """Tell that a run begins no expression, for the next one continues none of its: "of" before "police"."""
        wanted = self._wanted(run)
        if wanted is None:
            return False
        given = self._given(following)
        return given is not None and wanted.isdisjoint(given)

    def _find_wanted(self, run: str) -> frozenset[str] | None:
        """Give what may follow a run that begins an expression: branches, words; None where that can't be told."""
        if not (run.isalpha() and len(run) <= _PLAIN and len(self.forms(run)) == 1):
            return None
        folded = fold_token(run)
        entries = self._lists.get(folded, ())
        branches = {folded, *(f"{{{entry.slot}}}" for entry in entries if not entry.rest)}
        wanted = {entry.rest[0] for entry in entries if entry.rest}
        if self._in_words and self._in_words.begins(run):
            alone, rest = self._in_words.begun(run)
            wanted |= rest
            if alone:
                branches.add("{number}")
                wanted.add(_NUMBER)
        for child in (child for branch in branches if (child := self._root.branches.get(branch))):
            if child.ends:
                return None
            wanted.update(child.branches)
            if child.reads:
                wanted.add(_NUMBER)
        return frozenset(wanted)

    def _find_given(self, run: str) -> frozenset[str] | None:
        """Give what a run may be to the one before it: words, branches, a number; None where that can't be told."""
        if not (run.isalpha() and len(run) <= _PLAIN):
            return None
        given = [_NUMBER] if self._in_words and self._in_words.holds(run) else []
        for folded in (fold_token(run),) if self._plain else [form.folded for form in self.forms(run)]:
            given.append(folded)
            given += [f"{{{entry.slot}}}" for entry in self._lists.get(folded, ())]
        return frozenset(given)

    def _begins(self, word: str) -> bool:
        """Tell whether an expression may begin with a word."""
        if len(word) > _LONGEST_WORD:
            return False
        if word[0].isdecimal() or (self._in_words and self._in_words.begins(word)):
            return True
        if self._plain:
            return self._begins_pattern(fold_token(word))
        return any(self._begins_pattern(form.folded) for form in self.forms(word))

    def _begins_pattern(self, folded: str) -> bool:
        branches = self._root.branches
        return folded in branches or any(f"{{{entry.slot}}}" in branches for entry in self._lists.get(folded, ()))

    def match(self, text: str, position: int) -> Match | None:
        """Give the longest expression that begins with the word at a position."""
        return self._match(text, position, {})

    def _match(self, text: str, position: int, known: dict[int, _Here]) -> Match | None:
        best: Match | None = None
        best_rank = (0, 0)
        around: dict[int, frozenset[str]] = {}
        # Depth first over (node, start of the expression, position, filled); each step reads a token or more.
        todo: list[tuple[_Node, int, int, tuple[Filled, ...]]] = [(self._root, -1, position, ())]
        while todo:
            node, start, at, filled = todo.pop()
            for end in node.ends:
                rank = (at, -end.rank)
                if (best is None or rank > best_rank) and self._fits(text, (start, at), end, filled, around):
                    best, best_rank = Match(start, at, end.meaning, filled), rank
            if not node.branches:
                continue
            moves, number = known.get(at) or self._remember(text, at, known)
            for branch, begin, after, filling in moves:
                child = node.branches.get(branch)
                if child is not None:
                    todo.append((child, begin if start < 0 else start, after, filled + filling))
            if number is not None:
                todo.extend(
                    (child, read[3] if start < 0 else start, read[4], (*filled, read))
                    for reader, child in node.reads
                    for read in reader(text, number)
                )
        return best

    def _remember(self, text: str, position: int, known: dict[int, _Here]) -> _Here:
        if len(known) >= _REMEMBERED:
            known.clear()
        here = known[position] = self._here(text, position)
        return here

    def _here(self, text: str, position: int) -> _Here:
        """Give every step that the token at a position allows in any pattern."""
        token = token_at(text, position)
        if token is None:
            return (), None
        word = text[token[0] : token[1]]
        number = token[2] == DIGITS
        readings = self._readings_of(word)
        if not readings:
            return (), token if number else None
        moves: list[_Move] = []
        following = None
        for form, entries, begun, reads_number in readings:
            begin, end = token[0] + form.start, token[0] + form.end
            if form.folded in self._literals:
                moves.append((form.folded, begin, end, ()))
            number = number or reads_number
            listed = entries
            if begun:
                if following is None:
                    after = token_at(text, end)
                    following = fold_token(text[after[0] : after[1]]) if after else ""
                listed += begun.get(following, ())
            moves.extend(
                (f"{{{entry.slot}}}", begin, filling.end, (filling,))
                for entry in listed
                if (filling := self._entry(text, begin, end, entry, attached=form.start > 0))
            )
        return tuple(moves), token if number else None

    def _readings_of(self, word: str) -> tuple[_Reading, ...]:
        known = self._readings.get(word)
        if known is None:
            if len(self._readings) >= _CACHED:
                self._readings.clear()
            known = self._readings[word] = tuple(self._read_word(word))
        return known

    def _read_word(self, word: str) -> Iterator[_Reading]:
        reads_number = self._in_words is not None and self._in_words.begins(word)
        for form in self.forms(word):
            # Attached letters by themselves begin no entry of a list.
            listed = self._lists.get(form.folded, ()) if form.end == len(word) else ()
            whole = tuple(entry for entry in listed if not entry.rest)
            begun: dict[str, tuple[_Word, ...]] = {}
            for entry in listed:
                if entry.rest:
                    begun[entry.rest[0]] = (*begun.get(entry.rest[0], ()), entry)
            if whole or begun or reads_number or form.folded in self._literals:
                yield _Reading(form, whole, begun, reads_number)

    def _entry(self, text: str, begin: int, end: int, entry: _Word, *, attached: bool) -> Filled | None:
        """Read the further words of a list's entry, and the second name of a month."""
        kind, number, ambiguous, capital = entry.meaning
        if capital and text[begin].islower():
            return None
        # An ambiguous word behind an attached one is another word: باب is a door, not "in August".
        if ambiguous and attached:
            return None
        after = self._rest(text, end, entry.rest)
        if after is None:
            return None
        if entry.slot in self._twins:
            after = self._twin(text, after, entry)
        return Filled(entry.slot, kind, number, begin, after, ambiguous)

    def _rest(self, text: str, position: int, rest: tuple[str, ...]) -> int | None:
        for word in rest:
            token = token_at(text, position)
            if token is None or fold_token(text[token[0] : token[1]]) != word:
                return None
            position = token[1]
        return position

    def _twin(self, text: str, position: int, entry: _Word) -> int:
        """Read the same month's other name after a slash, a dash or a bracket: ``تشرين الثاني/نوفمبر``."""
        sign = _TWIN.match(text, position)
        token = token_at(text, sign.end()) if sign else None
        if sign is None or token is None or token[2] != LETTERS:
            return position
        for other in self._lists.get(fold_token(text[token[0] : token[1]]), ()):
            if (other.slot, *other.meaning[:2]) == (entry.slot, *entry.meaning[:2]):
                after = self._rest(text, token[1], other.rest)
                if after is None:
                    continue
                if "(" not in sign[0]:
                    return after
                if closing := _CLOSING.match(text, after):
                    return closing.end()
        return position

    def _fits(
        self, text: str, span: tuple[int, int], end: _End, filled: tuple[Filled, ...], around: dict[int, frozenset[str]]
    ) -> bool:
        """Tell whether what has to stand around a pattern does; ``around`` keeps the words before a position."""
        if end.alone and filled[0].ambiguous:
            return False
        wanted = end.written
        if wanted.before or wanted.not_before:
            words = around.get(span[0])
            if words is None:
                words = around[span[0]] = self.words_before(text, span[0])
            if (wanted.before and not words & wanted.before) or words & wanted.not_before:
                return False
        if wanted.after or wanted.not_after:
            words = self.words_after(text, span[1])
            if (wanted.after and not words & wanted.after) or words & wanted.not_after:
                return False
        return True

    def words_before(self, text: str, position: int) -> frozenset[str]:
        """Give the folded word before a position in each of its readings; empty at the text's beginning."""
        span = word_before(text, position)
        return frozenset() if span is None else self._words_of(text[span[0] : span[1]])

    def words_after(self, text: str, position: int) -> frozenset[str]:
        """Give the folded word after a position in each of its readings; empty at the text's end."""
        token = token_at(text, position)
        return frozenset() if token is None else self._words_of(text[token[0] : token[1]])

    def _words_of(self, word: str) -> frozenset[str]:
        if word[0].isdigit():
            return frozenset((word, ANY_FIGURE))
        return frozenset(form.folded for form in self.forms(word))


def add_patterns(grammar: Grammar, table: Table, meanings: tuple[str, ...]) -> None:
    """Add the lists of patterns of a language file; of two that fit alike, the later meaning wins.

    Raises
    ------
    LanguageError
        Names the file, the list and the pattern that is not well written.
    """
    for meaning in reversed(meanings):
        for pattern in table.words(meaning):
            try:
                grammar.add_pattern(meaning, pattern)
            except PatternError as error:
                raise table.wrong(meaning, f"the pattern {pattern!r} can't be read: {error}") from error
