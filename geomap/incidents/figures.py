"""Numbers of an incident: how many like events, how many killed and injured."""

from bisect import bisect_left
from collections.abc import Sequence

from geomap.incident import Span
from geomap.incidents.draft import Figure, Location, Trigger
from geomap.quantities import Number
from geomap.reading import Reading
from geomap.tokens import Sentence

_REACH = 4
"""Words between a number and "killed": "killed at least 12 people", "12 people, most of them women, were killed"."""
_PER_MARK = 3
_LEFT_OF_PLACE = 5
"""Words before a place in which its own count stands: "22 times in the northern province of"."""
_UNKNOWN = 10_000


def numbers_of(sentence: Sentence, numbers: Sequence[Number]) -> list[Number]:
    """Give the numbers of a sentence."""
    lo = bisect_left(numbers, sentence.start, key=lambda n: n.start)
    return list(numbers[lo : bisect_left(numbers, sentence.end, key=lambda n: n.start)])


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


def casualties(
    reading: Reading, sentence: Sentence, numbers: Sequence[Number], taken: Sequence[Figure]
) -> tuple[Figure | None, Figure | None]:
    """Give the killed and the injured that a sentence tells of; Span(0, 0) when it says none."""
    none = reading.hits_between(sentence.first, sentence.last, "casualties.none")
    if none:
        figure = Figure(Span(0, 0), none[0].start, none[0].end)
        return figure, figure
    used = {(f.start, f.end) for f in taken}
    killed = _nearest(reading, sentence, "casualties.killed", numbers, used)
    injured = _nearest(reading, sentence, "casualties.injured", numbers, used)
    return (
        killed or _worded(reading, sentence, "casualties.two", 2) or _worded(reading, sentence, "casualties.one", 1),
        injured
        or _worded(reading, sentence, "casualties.two_injured", 2)
        or _worded(reading, sentence, "casualties.one_injured", 1),
    )


def _nearest(
    reading: Reading, sentence: Sentence, label: str, numbers: Sequence[Number], used: set[tuple[int, int]]
) -> Figure | None:
    """The number that stands nearest to "killed" (or "injured"), unless it stands nearer to the other word."""
    best, answer = _UNKNOWN, None
    for number in numbers:
        if (number.start, number.end) in used:
            continue
        own = _distance(reading, sentence, label, number)
        other = "casualties.injured" if label == "casualties.killed" else "casualties.killed"
        if own < best and own <= _distance(reading, sentence, other, number):
            best, answer = own, Figure(number.value, number.start, number.end)
    return answer


def _distance(reading: Reading, sentence: Sentence, label: str, number: Number) -> int:
    """Words from a number to the nearest phrase of a label, a clause mark counting for three; far off is unknown."""
    first, last = reading.word_at(number.start), reading.word_at(number.end - 1)
    best = _UNKNOWN
    for hit in reading.hits_between(sentence.first, sentence.last, label):
        if hit.label != label:
            continue
        if hit.first < first <= last < hit.last:  # لقي أربعة أشخاص حتفهم
            return 0
        left, right = (hit.last, first) if hit.last < first else (last, hit.first)
        apart = right - left
        digits_between = any(reading.words[k].folded.isdigit() for k in range(left + 1, right))
        if 0 < apart <= _REACH + 1 and not digits_between:
            best = min(best, apart + _PER_MARK * reading.parted(left, right))
    return best


def _worded(reading: Reading, sentence: Sentence, label: str, count: int) -> Figure | None:
    """A number that is in the word itself: "قتيلان", "killing a soldier"."""
    hits = [h for h in reading.hits_between(sentence.first, sentence.last, label) if h.label == label]
    return Figure(Span(count, count), hits[0].start, hits[0].end) if hits else None
