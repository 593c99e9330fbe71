"""Sentences of a text, with offsets. Words are `gazetteer.names.words`: one split for names, triggers and dates."""

import re
import string
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import Word, fold

_CASED_SHARE = 0.01
"""Share of capitals among letters above which a text uses capitals; headlines in lower case have none."""
_CAPITALS, _SMALL = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
_END = re.compile(r"[.!?؟۔…]+[\"'”’»)\]]*(?=\s|$)|\n+")
_BEFORE_DOT = re.compile(r"(\w[\w.]*)\.$")
_LONGEST = 250
"""Words of the longest sentence; what has no full stop for longer is cut, so that its cost stays linear. The longest
sentence of the news that we read has 120."""
_NEXT = 4
"""Characters from the dot of an ordinal to the letter behind it."""
_REMEMBERED = 10_000
_WINDOW = 24
"""Characters before a dot that are looked at for an abbreviation; the longest listed has 9."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets without the white space around it, and its words [first, last)."""

    start: int
    end: int
    first: int
    last: int


def sentences(text: str, words: Sequence[Word], abbreviations: frozenset[str] = frozenset()) -> list[Sentence]:
    """Split a text into sentences.

    A sentence ends at . ! ? ؟ … before white space, and at a line's end; not after an abbreviation of the language,
    a single letter (an initial), inside a number, or after one where a small letter follows.

    Parameters
    ----------
    text
        The text.
    words
        Its words, from `gazetteer.names.words`.
    abbreviations
        Folded, without the last dot.

    Examples
    --------
    >>> from gazetteer.names import words
    >>> text = "Gen. A. Smith spoke. He left."
    >>> [text[s.start : s.end] for s in sentences(text, words(text), frozenset({"gen"}))]
    ['Gen. A. Smith spoke.', 'He left.']
    """
    cuts = [
        mark.end()
        for mark in _END.finditer(text)
        if not mark[0].startswith(".")
        or not (_is_abbreviation(text, mark.start() + 1, abbreviations) or _is_ordinal(text, mark.start()))
    ]
    starts = [word.start for word in words]
    found = []
    begin = 0
    for cut in [*cuts, len(text)]:
        piece = text[begin:cut]
        start = begin + len(piece) - len(piece.lstrip())
        end = begin + len(piece.rstrip())
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        for piece_first in range(first, last, _LONGEST):
            piece_last = min(piece_first + _LONGEST, last)
            piece_start = start if piece_first == first else words[piece_first].start
            piece_end = end if piece_last == last else words[piece_last - 1].end
            found.append(Sentence(piece_start, piece_end, piece_first, piece_last))
        begin = cut
    return found


def _is_ordinal(text: str, dot: int) -> bool:
    """Whether a dot makes a number an ordinal: a small letter goes on, 5. kattan düştü ("fell from the 5th floor")."""
    return text[max(0, dot - 1) : dot].isdigit() and text[dot + 1 : dot + _NEXT].lstrip(" ")[:1].islower()


def has_case(text: str) -> bool:
    """Whether a text uses capitals, so that a name without one is no name.

    Examples
    --------
    >>> has_case("Rockets hit Baghdad."), has_case("rockets hit baghdad"), has_case("قصف على بغداد")
    (True, False, False)
    """
    if text.isascii():  # counted without a look at each letter
        data = text.encode()
        upper, lower = (len(data) - len(data.translate(None, letters)) for letters in (_CAPITALS, _SMALL))
    else:
        counts = Counter(text)
        upper = sum(count for letter, count in counts.items() if letter.isupper())
        lower = sum(count for letter, count in counts.items() if letter.islower())
    return lower > 0 and upper > _CASED_SHARE * (upper + lower)


def _is_abbreviation(text: str, end: int, abbreviations: frozenset[str]) -> bool:
    return _abbreviates(text[max(0, end - _WINDOW) : end].rsplit(None, 1)[-1], abbreviations)


@lru_cache(maxsize=_REMEMBERED)
def _abbreviates(dotted: str, abbreviations: frozenset[str]) -> bool:
    before = _BEFORE_DOT.search(dotted)
    if not before:
        return False
    word = before[1]
    letters = word.replace(".", "")
    if len(letters) == 1 and letters.isalpha() and letters.isupper():
        return True
    return word.lower() in abbreviations or fold(letters) in abbreviations
