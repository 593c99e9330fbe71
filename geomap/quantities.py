"""Numbers in a text: how many, at least how many, between what and what.

Only what may be a count is a number here: not a part of a date, a time, a share, a decimal, an ordinal or a name
("F-16", "COVID-19", "Resolution 1701"). What is counted, and that nothing is ("no casualties"), is for those who ask.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.incident import Span
from geomap.languages import Language
from geomap.languages.patterns import Filled, Match
from geomap.languages.reading import pieces

# "At least" after the counted thing, "30 شخصا على الأقل": three words off at the most, in the same sentence.
_AFTER_NOUN = 48
_WORDS_BETWEEN = 3
_STOP = re.compile(r"[.!?؟\n]")
# "The toll rose from 5 to 8": the verb within 60 characters before.
_CHANGE_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text.

    Attributes
    ----------
    start, end
        Offsets of the number with the words that qualify it and touch it: "at least 30".
    value
        "30" and "at least 30" are Span(30, 30): the figure that is said is what is counted with. "5 to 8" is
        Span(5, 8); "dozens" is Span(24, None), the least that it means.
    at_least, at_most, approximate
        "At least 30", "more than 30"; "up to 30", "fewer than 30"; "about 30".
    """

    start: int
    end: int
    value: Span
    at_least: bool = False
    at_most: bool = False
    approximate: bool = False


def find_numbers(text: str, language: Language, dates: Iterable[tuple[int, int]] | None = None) -> tuple[Number, ...]:
    """Find the numbers of a text, in order and without overlap.

    Parameters
    ----------
    text
        Any text.
    language
        Its language.
    dates
        Spans of its date expressions (`geomap.dates.date_spans`), when they are known already.

    Examples
    --------
    >>> from geomap.languages import load
    >>> text = "At least 30 people died on 5 May in two F-16 strikes."
    >>> [(text[n.start:n.end], n.value.min, n.at_least) for n in find_numbers(text, load("en"))]
    [('At least 30', 30, True), ('two', 2, False)]
    """
    if dates is None:
        dates = ((found.start, found.end) for found in language.dates.find(text))
    return tuple(
        number
        for match in language.numbers.grammar.find(text, skip=dates)
        for number in _numbers(text, language, match)
    )


def _numbers(text: str, language: Language, match: Match) -> Iterator[Number]:
    meaning, parts = match.meaning, match.filled
    if meaning == "not_counts" or (meaning != "plain" and _no_count(text, language, parts[-1])):
        return
    if meaning == "plain" and parts[0].kind == "year_like":
        return  # "the 2014 attacks": a year more often than a count
    if meaning in {"range", "from_to"}:
        value = _range(parts)
        changes = meaning == "from_to" and _changes(text, language, match.start)
        if value is None or changes:
            for part in parts:
                yield Number(part.start, part.end, Span(part.number, part.number))
            return
    else:
        part = parts[0]
        value = Span(part.number, None if part.kind == "vague" else part.number)
    at_least = meaning == "at_least" or _at_least_after(text, language, match.end)
    yield Number(
        match.start,
        match.end,
        value,
        at_least=at_least,
        at_most=meaning == "at_most",
        approximate=meaning == "approximately",
    )


def _no_count(text: str, language: Language, part: Filled) -> bool:
    """Tell whether the number of "about 9 p.m." or "up to 20 percent" is none without its qualifier."""
    alone = language.numbers.grammar.match(text, part.start)
    return alone is not None and alone.meaning == "not_counts"


def _range(parts: tuple[Filled, ...]) -> Span | None:
    low = parts[0].number
    high = int(parts[0].kind) if parts[0].slot == "pair" else parts[1].number
    return Span(low, high) if low < high else None


def _changes(text: str, language: Language, start: int) -> bool:
    """Tell whether a verb such as "rose" stands before "from 5 to 8"."""
    before = pieces(text[max(0, start - _CHANGE_WINDOW) : start])
    return not language.numbers.change_verbs.isdisjoint(before)


def _at_least_after(text: str, language: Language, end: int) -> bool:
    """Tell whether "at least" follows the counted thing, and is not said of the next number."""
    after = text[end : end + _AFTER_NOUN].lower()
    for phrase in language.numbers.at_least_after_noun:
        found = after.find(phrase)
        if found > 0 and not _STOP.search(after, 0, found):
            between, following = pieces(after[:found]), pieces(after[found + len(phrase) :])
            next_number = bool(following) and language.numbers.begins(following[0])
            return len(between) <= _WORDS_BETWEEN and not next_number
    return False
