"""Numbers and dates in figures: where they begin and end, and when figures are part of something else.

``F-16`` and ``COVID-19`` are names, ``10:30`` is a time, ``3.5`` a decimal, ``5-year-old`` an adjective: no numbers.
Arabic and Hebrew attach short words to a figure (``و8``, ``ב-28``): those do not hide it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from geomap.languages.patterns import Filled
from geomap.languages.reading import DIGITS, Token, fold_token, pieces, token_at

# What makes the figure beside it no count when it touches it: money, shares, numbers of things, parts of addresses.
_NEVER_BEFORE = frozenset("/_@=&\\#$€£¥₪₽₺№°^+.:٫٬−")
_NEVER_AFTER = frozenset("%٪‰°/_@=&\\#$€£¥₪₽₺^")
_POINTS = ".,:٫٬"
_HYPHENS = "-־‑"
_DASHES = "-–־‑"
_PAIR = re.compile(r"([1-9]\d{0,5})[-–]([1-9]\d{0,5})(?!\d)")
_NUMERIC = re.compile(r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d|[-/.]\d)")
_NOT_DIGITS = re.compile(r"\D")
_LONGEST_ATTACHED = 6
_LAST_DAY = 31
_DAY_DIGITS, _YEAR_DIGITS = 2, 4
# A figure without a separator between these, and not a round one, is a year more often than a count.
_FIRST_YEAR, _LAST_YEAR = 1901, 2099
_HUNDRED = 100


class Figure(NamedTuple):
    """A figure of a text: ``value / scale`` is what it says, ``end`` where it ends."""

    value: int
    scale: int
    end: int
    year_like: bool


class Figures:
    """Figures with the separators of a language, and the short words it attaches to them."""

    __slots__ = ("_attached", "_decimal", "_whole")

    def __init__(self, thousands: tuple[str, ...], decimals: tuple[str, ...], attached: tuple[str, ...]) -> None:
        groups = "".join(re.escape(sign) for sign in thousands)
        grouped = rf"\d{{1,3}}(?:[{groups}]\d{{3}}){{1,4}}(?![{groups}]?\d)|" if groups else ""
        self._whole = re.compile(rf"{grouped}\d{{1,9}}(?!\d)")
        marks = "".join(re.escape(sign) for sign in decimals)
        self._decimal = re.compile(rf"[{marks}](\d{{1,3}})(?!\d)") if marks else None
        self._attached = frozenset(fold_token(word) for word in attached)

    def read(self, text: str, start: int) -> Figure | None:
        """Read the figure that begins at an offset; None when it can't be a count. Its end is not looked at."""
        found = self._whole.match(text, start)
        if found is None or not self._may_begin(text, start):
            return None
        digits = _NOT_DIGITS.sub("", found[0])
        if len(digits) > 1 and int(digits[0]) == 0:
            return None
        value, scale, end = int(digits), 1, found.end()
        year_like = found[0] == digits and _FIRST_YEAR <= value <= _LAST_YEAR and value % _HUNDRED != 0
        if self._decimal and (decimal := self._decimal.match(text, end)):
            end, scale = decimal.end(), 10 ** len(decimal[1])
            value = value * scale + int(decimal[1])
        return Figure(value, scale, end, year_like)

    def pair(self, text: str, token: Token) -> Iterator[Filled]:
        """Read "5-8": the number is the lower one, the kind the higher one in digits."""
        found = _PAIR.match(text, token[0]) if token[2] == DIGITS else None
        if found and self._may_begin(text, token[0]) and may_end(text, found.end()):
            low, high = int(found[1]), int(found[2])
            years = low >= _FIRST_YEAR and high <= _LAST_YEAR
            # 555-1234 is a telephone, 800-1000 a range.
            telephone = low >= _HUNDRED and len(found[1]) != len(found[2]) and (low % 10 or high % 10)
            if low < high and not years and not telephone:
                yield Filled("pair", str(high), low, token[0], found.end())

    def _may_begin(self, text: str, start: int) -> bool:
        if start == 0:
            return True
        sign = text[start - 1]
        if sign.isdigit() or sign in _NEVER_BEFORE:
            return False
        before = text[start - 2 : start - 1]
        if before.isdigit() and (sign in ",'’" or sign in _DASHES):
            return False  # the tail of 1,2 or 12-15-18
        if sign in _HYPHENS:
            # After a space a negative number, after letters F-16 or ב-28.
            return bool(before) and not before.isspace() and self._only_attached(text, start - 1)
        return not sign.isalpha() or self._only_attached(text, start)

    def may_begin_date(self, text: str, start: int) -> bool:
        """Tell whether a figure can be part of a date: no tail of a decimal or a time, no letters before it."""
        if start == 0:
            return True
        sign, before = text[start - 1], text[start - 2 : start - 1]
        if sign.isdigit() or (before.isdigit() and sign in f"/{_POINTS}"):
            return False
        return not sign.isalpha() or self._only_attached(text, start)

    def hangs_on_name(self, text: str, start: int) -> bool:
        """Tell whether an offset is that of a figure behind letters and a dash: ``F-16``."""
        before = text[max(0, start - 2) : start]
        if not text[start].isdigit() or not before[:1].isalpha() or before[1:] not in {*_DASHES}:
            return False
        return not self._only_attached(text, start - 1)

    def behind_attached(self, text: str, start: int) -> bool:
        """Tell whether an attached word and its hyphen stand right before an offset: ``ב-28``."""
        hyphen = text[max(0, start - 1) : start] in {*_HYPHENS} and text[max(0, start - 2) : start - 1].isalpha()
        return hyphen and self._only_attached(text, start - 1)

    def _only_attached(self, text: str, end: int) -> bool:
        """Tell whether the letters before an offset are attached words only."""
        begin = end
        while begin > 0 and end - begin <= _LONGEST_ATTACHED and (text[begin - 1].isalpha() or text[begin - 1] == "ـ"):
            begin -= 1
        if begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] == "-"):
            return False
        letters = fold_token(text[begin:end]) if begin < end else ""
        while letters:
            first = next((word for word in self._attached if letters.startswith(word)), None)
            if first is None:
                return False
            letters = letters[len(first) :]
        return True


def may_end(text: str, end: int) -> bool:
    """Tell whether a count in figures may end at an offset: no share, decimal, time or "5-year-old" goes on there."""
    after = text[end : end + 2]
    if not after:
        return True
    if after[0] in _NEVER_AFTER or after[0].isalnum():
        return False
    return not (after[1:].isalnum() and (after[0] in _POINTS or after[0] in _DASHES))


class DateFigures:
    """The figures of dates: the day 28 or 28th, the year 2023 or 2023م, the date 28/11/2023."""

    __slots__ = ("_day_endings", "_figures", "_year_endings")

    def __init__(self, figures: Figures, day_endings: tuple[str, ...], year_endings: tuple[str, ...]) -> None:
        self._figures = figures
        self._day_endings = frozenset(pieces(ending)[0] for ending in day_endings)
        self._year_endings = frozenset(pieces(ending)[0] for ending in year_endings)

    def day(self, text: str, token: Token) -> Iterator[Filled]:
        """Read a day of the month."""
        if token[2] == DIGITS and token[1] - token[0] <= _DAY_DIGITS:
            value = int(text[token[0] : token[1]])
            if 1 <= value <= _LAST_DAY and self._figures.may_begin_date(text, token[0]):
                for end in _ends(text, token[1], self._day_endings, apart=False):
                    yield Filled("day", "", value, token[0], end)

    def year(self, text: str, token: Token) -> Iterator[Filled]:
        """Read a year in four figures, of any calendar."""
        if token[2] == DIGITS and token[1] - token[0] == _YEAR_DIGITS and self._figures.may_begin_date(text, token[0]):
            for end in _ends(text, token[1], self._year_endings, apart=True):
                yield Filled("year", "", int(text[token[0] : token[1]]), token[0], end)

    def numeric(self, text: str, token: Token) -> Iterator[Filled]:
        """Read a whole date in figures; its kind is what is written."""
        found = _NUMERIC.match(text, token[0]) if token[2] == DIGITS else None
        # Not inside an address or a longer chain of figures; ב-5.12.2023 is neither.
        apart = text[token[0] - 1 : token[0]] not in {*"-/.–"} or self._figures.behind_attached(text, token[0])
        if found and apart and self._figures.may_begin_date(text, token[0]):
            yield Filled("numeric", found[0], 0, token[0], found.end())


def _ends(text: str, end: int, endings: frozenset[str], *, apart: bool) -> Iterator[int]:
    """Give where a number of a date may end: at its digits, and after an ending such as ``th`` or ``م``."""
    token = token_at(text, end)
    if token is not None and fold_token(text[token[0] : token[1]]) in endings and (apart or token[0] == end):
        yield token[1]
    after = text[end : end + 2]
    if not after or not (after[0].isalpha() or after[0] in "%٪°" or (after[0] in _POINTS and after[1:].isdigit())):
        yield end
