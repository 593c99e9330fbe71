"""Folding of written names: ONE function for the build and for the query.

Two spellings of a name that a reader takes for the same fold to the same key. What is folded:

all scripts
    compatibility forms (NFKD), case, accents and other combining marks (Arabic harakat and hamza marks, Hebrew
    niqqud, Latin accents), digits of every script to ASCII.
Arabic script
    tatweel removed; alef maksura and the Persian, Kurdish and Urdu yeh to yeh; keheh to kaf; teh marbuta and the
    Persian, Kurdish and Urdu heh to heh.
Latin
    dotless i, and the letters that NFKD leaves whole: ø đ ł ħ æ œ ð þ.

A word is a run of letters, digits and their combining marks. Everything else (spaces, hyphens, apostrophes, ZWNJ,
underscores, bidi controls) parts words, so ``Deir ez-Zor`` and ``Deir ez Zor`` are one key. Names in which an
apostrophe, a hyphen or a ZWNJ joins words get a second key without the break (`name_keys`): ``Sana'a`` and ``Sanaa``.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

_MARKS = (
    "\u0300-\u036f"  # Latin, Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u0640"  # Arabic harakat, Koranic marks, tatweel
)
WORD = re.compile(rf"[^\W_]++(?:[{_MARKS}]++[^\W_]*+)*+")
"""One word with its combining marks; possessive, so it runs in linear time on any text."""

WORDS = re.compile(f"({WORD.pattern})")
"""The same for ``split``: what stands between words and the words in turn, faster than a match object a word."""

_JOINERS = re.compile(r"(?<=[^\W_])['’‘ʼʿʾʻ`´\u200c\u200d-](?=[^\W_])")
_LETTERS = str.maketrans(
    {
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ێ": "ي",
        "ک": "ك", "ڪ": "ك",
        "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ۃ": "ه",
        "ٱ": "ا", "ـ": None,
        "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ə": "a", "ʻ": None, "ʿ": None, "ʾ": None, "ʼ": None, "ʹ": None, "ʺ": None,
    }
)  # fmt: skip


class Word(NamedTuple):
    """A word of a text: offsets in code points and its folded form."""

    start: int
    end: int
    folded: str


_as_word: Callable[[tuple[int, int, str]], Word] = partial(tuple.__new__, Word)
"""A word of its three parts: by its constructor it takes three times as long, and reading begins with it."""


def _fold_letter(letter: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    folded = kept.casefold().translate(_LETTERS)
    # casefold may compose marks again (İ), digits of other scripts are given their ASCII value
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c
        for c in folded
        if c.isalnum()  # no marks, and none of the signs that compatibility forms fall into (¼ → 1⁄4)
    )


class _Folding(dict[int, str]):
    """What each code point folds to, found out when it is first met: no rule looks at a letter's neighbours."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_letter(chr(code))
        return folded


_FOLDING = _Folding()


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Fold one word; see the module's docstring for what is folded.

    Examples
    --------
    >>> fold_word("العِراق") == fold_word("العراق"), fold_word("Zürich"), fold_word("İSTANBUL")
    (True, 'zurich', 'istanbul')
    """
    return word.lower() if word.isascii() else word.translate(_FOLDING)


def words(text: str) -> list[Word]:
    """Split a text into words with their offsets.

    Examples
    --------
    >>> words("Deir ez-Zor")
    [Word(start=0, end=4, folded='deir'), Word(start=5, end=7, folded='ez'), Word(start=8, end=11, folded='zor')]
    """
    parts = WORDS.split(text)
    ends = list(accumulate(map(len, parts)))
    folded = list(map(fold_word, parts[1::2]))
    found = list(map(_as_word, zip(ends[::2], ends[1::2], folded, strict=False)))
    return found if all(folded) else [word for word in found if word.folded]  # a modifier letter alone folds to nothing


def fold(name: str) -> str:
    """Fold a whole name: its folded words parted by one space.

    Examples
    --------
    >>> fold("المنطقة الخضراء") == fold("المنطقه  الخضراء")
    True
    >>> fold("Deir ez-Zor"), fold("St. John's")
    ('deir ez zor', 'st john s')
    """
    return " ".join(word.folded for word in words(name))


def name_keys(name: str) -> tuple[str, ...]:
    """Give every key under which a name is indexed, the plain one first.

    Examples
    --------
    >>> name_keys("Sana'a")
    ('sana a', 'sanaa')
    >>> name_keys("Baghdad")
    ('baghdad',)
    """
    joined = _JOINERS.sub("", name)
    keys = dict.fromkeys((fold(name), fold(joined)) if joined != name else (fold(name),))
    return tuple(key for key in keys if key)
