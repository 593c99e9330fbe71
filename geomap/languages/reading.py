"""Words of a running text, read from a position on: what the languages' grammars walk along.

A token is a run of letters with its marks, a run of digits, or one other character. Letters and digits part, so that
``2023م`` and ``و8`` are two tokens each. A token is found by matching at an offset, never by splitting the whole text,
so a text of any length needs no list of its tokens.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

from gazetteer.names import fold_word

_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
# No word of a language file is longer: a longer run of letters is read in pieces, so that no look ahead is long.
_LONGEST = 40
_LETTERS = rf"[^\W\d_][^\W\d_{_MARKS}]{{0,{_LONGEST}}}+(?:[{_MARKS}]{{1,4}}+[^\W\d_]{{0,{_LONGEST}}}+){{0,{_LONGEST}}}+"
# What may lie between two words of one expression: spaces of any width, ZWNJ, bidi controls, one line break.
_BLANK = r"[ \t\u00a0\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000]{0,4}+"
_GAP = rf"{_BLANK}(?:\r?\n{_BLANK})?+"
_TOKEN = re.compile(rf"{_GAP}(?:({_LETTERS})|(\d{{1,12}}+)|([^\w\s]))")
_SCAN = re.compile(rf"{_LETTERS}|\d++")
_RUNS = re.compile(rf"([^\W_]++(?:[{_MARKS}]++[^\W_]*+)*+)")
"""A run of letters, digits and marks; possessive, so it takes linear time on any text."""
_SPACED = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_PUNCTUATION = str.maketrans("–—‑‐−־،؛٪", "------,;%")
_PIECE = re.compile(_LETTERS + r"|\d+|[^\w\s]")
_MARK = re.compile(rf"[{_MARKS}\u0640]+")

LETTERS, DIGITS, OTHER = 1, 2, 3


Token = tuple[int, int, int]
"""A token of a text: its offsets, and which of LETTERS, DIGITS, OTHER it is. A bare tuple: millions are made."""


class Form(NamedTuple):
    """One reading of a word: the folded rest when the letters before ``start`` are attached words.

    ``start`` and ``end`` count from the beginning of the word; ``attached`` are the folded letters left out.
    """

    folded: str
    start: int
    end: int
    attached: str


def token_at(text: str, position: int) -> Token | None:
    """Read the token at a position or after a short gap; None at the end, a new paragraph or a wide gap.

    Examples
    --------
    >>> token_at("28 November", 2)
    (3, 11, 1)
    """
    found = _TOKEN.match(text, position)
    if found is None:
        return None
    kind = found.lastindex or OTHER
    return (found.start(kind), found.end(), kind)


class Runs(NamedTuple):
    """The runs of letters, digits and marks of a text: each as written, where it begins, and what stands behind it."""

    written: tuple[str, ...]
    starts: tuple[int, ...]
    gaps: tuple[str, ...]


@lru_cache(maxsize=1)
def runs_of(text: str) -> Runs:
    """Split a text into its runs; kept for one text, as the grammars of dates and of numbers read it in turn.

    Examples
    --------
    >>> runs_of("On 28 May.")
    Runs(written=('On', '28', 'May'), starts=(0, 3, 6), gaps=(' ', ' ', '.'))
    """
    pieces = _RUNS.split(text)
    ends = accumulate(map(len, pieces))
    return Runs(tuple(pieces[1::2]), tuple(islice(ends, 0, None, 2))[:-1], tuple(pieces[2::2]))


def parts_of(run: str) -> list[tuple[int, str]]:
    """Part a run of letters and digits into words of letters and of digits, with their offsets.

    Examples
    --------
    >>> parts_of("2023م")
    [(0, '2023'), (4, 'م')]
    """
    return [(0, run)] if run.isalpha() or run.isdecimal() else [(p.start(), p[0]) for p in _SCAN.finditer(run)]


def pieces(phrase: str) -> tuple[str, ...]:
    """Split a phrase of a language file into its folded tokens.

    Examples
    --------
    >>> pieces("a.m.")
    ('a', '.', 'm', '.')
    """
    return tuple(fold_token(piece) for piece in _PIECE.findall(phrase))


@lru_cache(maxsize=50_000)
def fold_token(token: str) -> str:
    """Fold a token as names are folded; dashes are one dash, Arabic commas and per cent signs the Latin ones."""
    folded = fold_word(token) or token
    return folded if folded.isascii() else folded.translate(_PUNCTUATION)


def form_reader(attached: tuple[str, ...]) -> Callable[[str], tuple[Form, ...]]:
    """Make the function that reads a word with and without the short words a language writes attached to it.

    Examples
    --------
    >>> [form.folded for form in form_reader(("و", "ب"))("وبالأمس")]
    ['وبالامس', 'و', 'بالامس', 'ب', 'الامس']
    """

    @lru_cache(maxsize=50_000)
    def forms(word: str) -> tuple[Form, ...]:
        whole = Form(fold_token(word), 0, len(word), "")
        if not attached or not word.startswith(attached):
            return (whole,)
        found = [whole]
        begin, before = 0, ""
        # At most three: "and", "in" and the article.
        for _ in range(3):
            letters = next((p for p in attached if word.startswith(p, begin) and len(word) > begin + len(p)), None)
            if letters is None:
                break
            end = begin + len(letters)
            if mark := _MARK.match(word, end):
                end = mark.end()
            found.append(Form(fold_token(letters), begin, end, before))
            begin, before = end, before + fold_token(letters)
            if begin < len(word):
                found.append(Form(fold_token(word[begin:]), begin, len(word), before))
        return tuple(found)

    return forms


def word_before(text: str, position: int) -> tuple[int, int] | None:
    """Give the offsets of the token that ends at a position, or before a short gap; None when there is none.

    Examples
    --------
    >>> word_before("since 2015", 6)
    (0, 5)
    """
    begin = max(0, position - _LONGEST)
    before = text[begin:position]
    if _SPACED.search(before):
        before = _SPACED.sub(" ", before)  # controls count as spaces: the length stays
    stripped = before.rstrip()
    if not stripped or before.count("\n", len(stripped)) > 1:
        return None
    last = stripped.rsplit(None, 1)[-1]
    piece = None
    for piece in _PIECE.finditer(last):  # noqa: B007 - the last one is wanted
        pass
    start = begin + len(stripped) - len(last)
    if piece is None or (start + piece.start() == begin and begin > 0):
        return None
    return start + piece.start(), start + piece.end()
