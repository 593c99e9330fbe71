"""The date of an incident, and the date of the statement that tells of it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from geomap.incident import NO_DATE, DateBasis, DatePrecision, When
from geomap.incidents.draft import Trigger
from geomap.incidents.sources import Speech
from geomap.reading import Reading
from geomap.tokens import Sentence

_PER_MARK = 3
"""A clause mark parts a date from its verb like so many words."""
_NO_WORD = 10_000
LEAD_SENTENCES = 5
"""Further down, an undated event in a whole country or province may be of any age; one in a town is news."""
_OLD = timedelta(days=30)
"""A paragraph that told of something older than a month is background: nothing is inferred for what follows in it."""


def dates_of(sentence: Sentence, dates: Sequence[When]) -> list[When]:
    """Give the date expressions of a sentence."""
    lo = bisect_left(dates, sentence.start, key=_start)
    return [w for w in dates[lo : bisect_left(dates, sentence.end, key=_start)] if w.span]


def _start(when: When) -> int:
    return when.span[0] if when.span else -1


def split_dates(
    reading: Reading, dates: Sequence[When], triggers: Sequence[Trigger], speeches: Sequence[Speech]
) -> tuple[list[When], When]:
    """Give the dates of a sentence's events, and the date of its statement.

    A date belongs to what stands nearest to it: "on Tuesday, the ministry said that rockets ..." dates the statement.
    """
    events: list[When] = []
    said = NO_DATE
    for when in dates:
        assert when.span is not None  # noqa: S101 - dates_of gives only those in the text
        word = reading.word_at(when.span[0])
        # "killed in Tyre on Tuesday evening, according to the ministry": no verb, so nothing that could be dated
        verbs = [s.verb for s in speeches if s.verb.label != "stance.according"]
        speech = min((_steps(reading, word, verb.first, verb.last) for verb in verbs), default=_NO_WORD)
        if any(s.first <= word < s.last for s in speeches):
            speech = 0
        event = min((_steps(reading, word, t.hit.first, t.hit.last) for t in triggers), default=_NO_WORD)
        if speech <= event and speech < _NO_WORD:
            said = said if said.end else when
        else:
            events.append(when)
    return events, said


def own_dates(reading: Reading, anchors: Sequence[Sequence[tuple[int, int]]], dates: Sequence[When]) -> list[When]:
    """Give each event of a sentence its date: one that stands nearest to it, else the nearest of the sentence.

    Parameters
    ----------
    anchors
        For each event the words (first, last) of its trigger and of its place.
    dates
        The dates of the sentence's events, from `split_dates`.
    """
    if not dates or not anchors:
        return [NO_DATE] * len(anchors)
    words = [reading.word_at(when.span[0]) if when.span else 0 for when in dates]
    steps = [[min(_steps(reading, word, *spot) for spot in spots) for word in words] for spots in anchors]
    owned: dict[int, list[int]] = {}
    for d in range(len(dates)):
        owner = min(range(len(anchors)), key=lambda e: (steps[e][d], e))
        owned.setdefault(owner, []).append(d)
    return [dates[min(owned.get(e, range(len(dates))), key=lambda d: (steps[e][d], d))] for e in range(len(anchors))]


def _steps(reading: Reading, word: int, first: int, last: int) -> int:
    if first <= word <= last:
        return 0
    left, right = (last, word) if word > last else (word, first)
    return right - left + _PER_MARK * reading.parted(left, right)


def event_date(  # noqa: PLR0913 - what one decision needs
    reading: Reading, trigger: Trigger, own: When, said: When, *, aggregate: bool, background: bool = False
) -> When:
    """Decide when an event was: its own date, else before the statement, else inferred from the publication.

    Parameters
    ----------
    aggregate
        Whether it is a count of events.
    background
        Whether its paragraph told of something old before it, or it lies far down and is only placed in an area:
        nothing is inferred then.
    """
    if own.end or own.start:
        return own
    if trigger.definite:
        return NO_DATE  # "on Monday he condemned the attacks" dates the words, not the attacks
    if said.end and aggregate:
        # "in mid-November an official said: 22 times so far": some time up to then
        return When(None, said.end, DatePrecision.INTERVAL, said.basis, said.span)
    if said.end and said.precision is DatePrecision.DAY:
        # "the ministry said on Tuesday": that day or the day before
        return replace(said, start=said.end - timedelta(days=1), precision=DatePrecision.DAYS)
    published = reading.article.published
    if said.end or aggregate or published is None or background:
        return NO_DATE
    # A news text tells without a date what happened on its day or the day before.
    return When(published - timedelta(days=1), published, DatePrecision.DAYS, DateBasis.INFERRED_FROM_PUBLICATION)


def tells_of_old(dates: Sequence[When], published: date | None) -> bool:
    """Whether some date is old news on the day of the publication."""
    return published is not None and any(when.end is not None and published - when.end > _OLD for when in dates)
