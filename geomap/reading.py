"""One article, read once: its words, sentences and every phrase of its language found in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, repeat

from gazetteer.names import Word, words
from geomap.articles.article import Article
from geomap.languages.rules import Rules
from geomap.lexicon import Hit
from geomap.tokens import Sentence, has_case, sentences

_FEW = 16
"""Hits that are looked at one by one rather than asked for by their tables."""
_LONGEST_BEFORE = 5
"""Words in front of its last one that a phrase before a name may have."""
_NOTHING: tuple[list[int], list[Hit]] = ([], [])


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what was found in it.

    Attributes
    ----------
    article
        The article.
    rules
        The rules of its language, None where there is no file for it: then places are found and no incidents.
    words, sentences
        With offsets into ``article.text``.
    hits
        Phrases in the order of their first words.
    cased
        Whether the text uses capitals (`geomap.tokens.has_case`).
    ends
        Where each word ends.
    marks
        Clause marks of the text up to each word, the word's own gap left out: how many lie between two words is a
        difference.
    counts
        For each word and for the end, how many hits begin before it: most words begin none, and that is told at once.
    homes
        For each word, the index of its sentence.
    endings
        The hits by their last words.
    tables
        The hits of each table of the language file, with their first words: what is asked for is found in few steps.
    """

    article: Article
    rules: Rules | None
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    hits: tuple[Hit, ...]
    cased: bool = False
    ends: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    homes: tuple[int, ...] = ()
    endings: Mapping[int, list[Hit]] = field(default_factory=dict)
    tables: Mapping[str, tuple[list[int], list[Hit]]] = field(default_factory=dict)

    @property
    def articles(self) -> frozenset[str]:
        """Folded words such as "the" and "this"; none without rules."""
        return self.rules.demonstratives if self.rules else frozenset()

    @property
    def joiners(self) -> frozenset[str]:
        """Folded words or clitics that join two names; none without rules."""
        return self.rules.conjunctions if self.rules else frozenset()

    def clause_start(self, word: int, begin: int) -> int:
        """Give the first word of a word's clause, not before ``begin``: the one behind the last clause mark."""
        return bisect_left(self.marks, self.marks[word], begin, word)

    def hits_between(self, first: int, last: int, *labels: str) -> list[Hit]:
        """Give the hits of some labels (or tables: ``triggers.``) that begin in the words [first, last)."""
        counts = self.counts
        lo = counts[first] if first > 0 else 0
        hi = counts[last] if last < len(counts) else counts[-1]
        if hi <= lo:
            return []
        if hi - lo <= _FEW:
            return [hit for hit in self.hits[lo:hi] if hit.last < last and hit.label.startswith(labels)]
        found: list[Hit] = []
        for table in {label.partition(".")[0]: None for label in labels}:
            firsts, hits = self.tables.get(table, _NOTHING)
            lo = bisect_left(firsts, first)
            hi = bisect_left(firsts, last, lo)
            if lo < hi:
                found += [hit for hit in hits[lo:hi] if hit.last < last and hit.label.startswith(labels)]
        return sorted(found, key=_order) if len(labels) > 1 else found

    def hit_ending_at(self, word: int, *labels: str) -> Hit | None:
        """Give the longest hit of some labels whose last word is this one."""
        for hit in self.endings.get(word, ()):
            if hit.first >= word - _LONGEST_BEFORE and hit.label.startswith(labels):
                return hit
        return None

    def clitic(self, hit: Hit) -> str:
        """Give the clitic in front of a phrase: the ب of بهجوم."""
        if self.rules is None:
            return ""
        word = self.words[hit.first]
        plain = word.end - word.start == len(word.folded)  # else marks stand between the letters: nothing is cut
        return self.rules.lexicon.cut(word.folded, hit.label) if plain else ""

    def between(self, left: int, right: int) -> str:
        """Give the text between two words."""
        return self.article.text[self.words[left].end : self.words[right].start]

    def word_at(self, offset: int) -> int:
        """Give the index of the word that holds or follows an offset."""
        return bisect_right(self.ends, offset)

    def sentence_of(self, word: int) -> Sentence:
        """Give the sentence of a word."""
        return self.sentences[self.homes[word] if 0 <= word < len(self.homes) else -(word > 0)]

    def parted(self, left: int, right: int) -> int:
        """Count the clause marks between two words; those inside a phrase that the words begin and end count too."""
        return self.marks[right] - self.marks[left] if right > left else 0


def read(article: Article, rules: Rules | None) -> Reading:
    """Split an article into words and sentences and find its language's phrases.

    Examples
    --------
    >>> article = Article("1", "-", None, None, "xx", "One. Two.")
    >>> len(read(article, None).sentences)
    2
    """
    tokens = words(article.text)
    abbreviations = rules.abbreviations if rules else frozenset()
    hits = tuple(rules.lexicon.find(tokens)) if rules else ()
    parts = tuple(sentences(article.text, tokens, abbreviations))
    return Reading(
        article,
        rules,
        tuple(tokens),
        parts,
        hits,
        has_case(article.text),
        tuple([word.end for word in tokens]),
        tuple(_marks(article.text, tokens, rules.clause_marks if rules else ",;:")),
        _counts(hits, len(tokens)),
        tuple(_homes(parts, len(tokens))),
        _endings(hits),
        _tables(hits),
    )


def _counts(hits: Sequence[Hit], words: int) -> tuple[int, ...]:
    """Give, for each word and for the end, how many hits begin before it."""
    begun = [0] * (words + 1)
    for hit in hits:
        begun[hit.first + 1] += 1
    return tuple(accumulate(begun))


def _homes(parts: Sequence[Sentence], words: int) -> Iterator[int]:
    """Give, for each word, the last sentence that begins with it or before it."""
    for index, part in enumerate(parts):
        following = parts[index + 1].first if index + 1 < len(parts) else words
        yield from repeat(index, following - (part.first if index else 0))


def _endings(hits: Sequence[Hit]) -> Mapping[int, list[Hit]]:
    endings: dict[int, list[Hit]] = {}
    for hit in hits:
        endings.setdefault(hit.last, []).append(hit)
    return endings


def _tables(hits: Sequence[Hit]) -> Mapping[str, tuple[list[int], list[Hit]]]:
    tables: dict[str, tuple[list[int], list[Hit]]] = {}
    for hit in hits:
        firsts, rows = tables.setdefault(hit.label.partition(".")[0], ([], []))
        firsts.append(hit.first)
        rows.append(hit)
    return tables


def _order(hit: Hit) -> tuple[int, str]:
    return hit.first, hit.label


def _marks(text: str, tokens: Sequence[Word], marks: str) -> Iterator[int]:
    """Give, for each word, how many clause marks stand before it."""
    starts = [word.start for word in tokens]
    behind = [0] * (len(tokens) + 1)
    for mark in _pattern_of(marks).finditer(text):
        behind[bisect_left(starts, mark.start())] += 1
    return accumulate(behind[:-1])


@cache
def _pattern_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks)}]" if marks else "(?!)")
