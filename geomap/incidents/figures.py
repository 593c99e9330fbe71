"""Numbers of an incident: how many like events, how many killed and injured."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.incident import Span
from geomap.incidents.draft import Figure, Location, Trigger
from geomap.lexicon import Hit
from geomap.quantities import Number
from geomap.reading import Reading
from geomap.tokens import Sentence

_OLDEST = 110
"""Years: "garson M.K. (19)" gives an age."""
_REACH = 4
"""Words between a number and "killed": "killed at least 12 people", "12 people, most of them women, were killed"."""
_PER_MARK = 3
_LEFT_OF_PLACE = 5
"""Words before a place in which its own count stands: "22 times in the northern province of"."""
_AMONG = 3
"""Words between "among them" and its number: "among them at least three"."""
_WINDOW = 2 * (_REACH + 1)
"""Words around a number in which the words that say what it counts are looked for."""
_TOGETHER = 2
"""Words between "dead" and "wounded" when one number counts both."""


def numbers_of(reading: Reading, sentence: Sentence, numbers: Sequence[Number]) -> list[Number]:
    """Give the numbers of a sentence that may count something; an age in brackets does not: "Maria Lopez (34)"."""
    lo = bisect_left(numbers, sentence.start, key=lambda n: n.start)
    here = numbers[lo : bisect_left(numbers, sentence.end, key=lambda n: n.start)]
    return [n for n in here if not _is_age(reading, n)]


def _is_age(reading: Reading, number: Number) -> bool:
    text = reading.article.text
    bracketed = text[number.start - 1 : number.start] == "(" and text[number.end : number.end + 1] == ")"
    return bracketed and (number.value.max or 0) <= _OLDEST


def count_of(
    reading: Reading, trigger: Trigger, locations: Sequence[Location], numbers: Sequence[Number], *, shared: bool
) -> Figure | None:
    """Give how many like events a trigger and a place tell of: "22 attacks", "18 times in Syria", "and 18 in Syria".

    Parameters
    ----------
    shared
        Whether other places of the sentence have counts of events, so that "and 18 in Syria" is one too.
    """
    if trigger.form != "effects":
        for number in numbers:
            word = reading.word_at(number.end - 1)
            if word + 1 == trigger.hit.first and trigger.form == "nouns":
                return Figure(number.value, number.start, number.end)
    if not locations:
        return None
    place = locations[0].found.match.first
    near = [n for n in numbers if 0 < place - reading.word_at(n.end - 1) <= _LEFT_OF_PLACE]
    for number in reversed(near):
        word = reading.word_at(number.end - 1)
        between = range(word + 1, place)
        if reading.hits_between(word + 1, place, "triggers.", "casualties.") or reading.parted(word, place):
            return None
        times = bool(reading.hits_between(word + 1, place, "figures.times"))
        only_place_words = all(
            reading.hits_between(k, k + 1, "places.", "figures.times") or _is_article(reading, k) for k in between
        )
        if only_place_words and (times or shared):
            return Figure(number.value, number.start, number.end)
    return None


def _is_article(reading: Reading, word: int) -> bool:
    return reading.rules is not None and reading.words[word].folded in reading.rules.demonstratives


What = Literal["killed", "injured", "both"]


@dataclass(frozen=True, slots=True)
class Toll:
    """A figure of killed or injured where it stands.

    Attributes
    ----------
    what
        ``killed``, ``injured``, or ``both`` for "no casualties".
    figure
        The number and its words.
    first, last
        Words of the number and of the word that says what it counts.
    word
        First word of the number.
    place
        First word of the place that it is told for, where it leaves out what it counts: "and three in Najaf".
    """

    what: What
    figure: Figure
    first: int
    last: int
    word: int
    place: int | None = None


def tolls_of(
    reading: Reading, sentence: Sentence, numbers: Sequence[Number], taken: Sequence[Figure] = ()
) -> list[Toll]:
    """Give the figures of killed and injured of a sentence in the order of their words.

    "Among them" makes a number part of the one before it, "12 killed and wounded" says neither: both give none.
    """
    spelt = {
        k
        for hit in reading.hits_between(sentence.first, sentence.last, "casualties.two")  # قتيلين counts itself
        for k in range(hit.first, hit.last + 1)
    }
    told = reading.hits_between(sentence.first, sentence.last, *_WHAT)
    hits = [hit for hit in told if hit.label in _WHAT and hit.first not in spelt]
    used = {(f.start, f.end) for f in taken}
    tolls = _none(reading, sentence)
    spoken = [(t.first, t.last) for t in tolls]
    words = sorted(reading.word_at(n.start) for n in numbers)
    pairs: list[tuple[int, int, int, Number, Hit]] = []
    for number in numbers:
        first, last = reading.word_at(number.start), reading.word_at(number.end - 1)
        if (number.start, number.end) in used or _is_part(reading, sentence, first, last):
            continue
        near = _near(hits, first, last)
        pairs += [
            (steps, first, last, number, hit)
            for hit in near
            if (steps := _steps(reading, words, hit, first, last)) is not None
        ]
    claimed: set[int] = set()  # a word counts with one number: "13 were killed and 1,100 injured in", in any order
    counted: set[int] = set()
    for _, first, last, number, hit in sorted(pairs, key=lambda row: (row[0], row[1], row[4].first)):
        span = range(hit.first, hit.last + 1)
        if first in counted or not claimed.isdisjoint(span):
            continue
        claimed |= set(span)
        counted.add(first)
        both = _of_both(reading, _near(hits, first, last), hit)
        if not both and not any(a <= hit.first <= b for a, b in spoken):
            figure = Figure(number.value, number.start, number.end)
            tolls.append(Toll(_WHAT[hit.label], figure, min(first, hit.first), max(last, hit.last), first))
    tolls += _worded(reading, sentence, tolls)
    return sorted(tolls, key=lambda t: (t.word, t.what))


def _near(hits: Sequence[Hit], first: int, last: int) -> Sequence[Hit]:
    return hits[bisect_left(hits, first - _WINDOW, key=_first) : bisect_right(hits, last + _WINDOW, key=_first)]


def _first(hit: Hit) -> int:
    return hit.first


_WHAT: dict[str, Literal["killed", "injured"]] = {"casualties.killed": "killed", "casualties.injured": "injured"}
_WORDED: tuple[tuple[str, Literal["killed", "injured"], int], ...] = (
    ("casualties.two", "killed", 2),
    ("casualties.one", "killed", 1),
    ("casualties.two_injured", "injured", 2),
    ("casualties.one_injured", "injured", 1),
)


def _none(reading: Reading, sentence: Sentence) -> list[Toll]:
    """Give the tolls that say none: "no casualties" is no killed and no injured, "no deaths" no killed only."""
    found: list[Toll] = []
    for hit in reading.hits_between(sentence.first, sentence.last, "casualties.none"):
        if found and hit.first <= found[-1].last:
            continue
        inside = {h.label for h in reading.hits_between(hit.first, hit.last + 1, "casualties.killed")}
        hurt = reading.hits_between(hit.first, hit.last + 1, "casualties.injured")
        only_hurt = hit.label == "casualties.none_injured"
        what: What = "injured" if only_hurt else "killed" if inside and not hurt else "both"
        found.append(Toll(what, Figure(Span(0, 0), hit.start, hit.end), hit.first, hit.last, hit.first))
    return found


def _is_part(reading: Reading, sentence: Sentence, word: int, last: int) -> bool:
    """Whether a number counts some of those told: "12 people, among them three children", "two of the wounded"."""
    if any(
        hit.first == last + 1 and not reading.parted(last, hit.first)
        for hit in reading.hits_between(last + 1, last + 5, "casualties.among")
    ):
        return True
    begin = max(sentence.first, word - _AMONG)
    return any(
        not reading.parted(hit.last, word) and not reading.hits_between(hit.last + 1, word, *_WHAT)
        for hit in reading.hits_between(begin, word, "casualties.among")
    )


def _of_both(reading: Reading, hits: Sequence[Hit], hit: Hit) -> bool:
    """Whether a number counts killed and injured together: "450 between dead and wounded"."""
    assert reading.rules is not None  # noqa: S101 - there are hits only with rules
    for other in hits:
        left, right = (hit, other) if hit.first < other.first else (other, hit)
        if other.label == hit.label or right.first - left.last > _TOGETHER:
            continue
        gap = range(left.last + 1, right.first)
        if reading.parted(left.last, right.first) == 0 and all(
            reading.words[k].folded in reading.rules.conjunctions for k in gap
        ):
            clitic = reading.clitic(right)
            if gap or clitic in reading.rules.conjunctions:
                return True
    return False


def _steps(reading: Reading, numbers: Sequence[int], hit: Hit, first: int, last: int) -> int | None:
    """Words from a number to a casualty word, a clause mark counting for three; None when it is not said of it."""
    if hit.first < first <= last < hit.last:  # لقي أربعة أشخاص حتفهم
        return 0
    left, right = (hit.last, first) if hit.last < first else (last, hit.first)
    apart = right - left
    if not 0 < apart <= _REACH + 1:
        return None
    between = bisect_left(numbers, right) - bisect_right(numbers, left)
    if between > 0:
        return None
    return (
        apart
        + _PER_MARK * (reading.parted(left, right) + (hit.last < first and _joined(reading, first)))
        + _joined_on(reading, hit if right == hit.first else None, right)
    )


def _joined_on(reading: Reading, hit: Hit | None, word: int) -> int:
    """Count a step where "and" is written onto the second of two words: قتيل | وأربعة جرحى, 5 | وجرح 7."""
    assert reading.rules is not None  # noqa: S101 - there are hits only with rules
    clitic = reading.clitic(hit) if hit else reading.words[word].folded
    return int(any(clitic.startswith(joiner) for joiner in reading.rules.conjunctions))


def _joined(reading: Reading, number: int) -> bool:
    """Whether "and" stands before a number, or is written onto it: "328 were killed | and 2,500 wounded"."""
    assert reading.rules is not None  # noqa: S101 - there are hits only with rules
    joiners = reading.rules.conjunctions
    before, word = reading.words[number - 1].folded if number else "", reading.words[number].folded
    return before in joiners or any(len(j) == 1 and word.startswith(j) for j in joiners)


def _worded(reading: Reading, sentence: Sentence, tolls: Sequence[Toll]) -> list[Toll]:
    """Numbers that are in the word itself: "قتيلان", "killing a soldier"."""
    found: list[Toll] = []
    for label, what, count in _WORDED:
        for hit in reading.hits_between(sentence.first, sentence.last, label):
            taken = [*tolls, *found]
            if hit.label == label and not any(t.first <= hit.last and hit.first <= t.last for t in taken):
                figure = Figure(Span(count, count), hit.start, hit.end)
                found.append(Toll(what, figure, hit.first, hit.last, hit.first))
    return found
