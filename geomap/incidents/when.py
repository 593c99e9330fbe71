"""The date of an incident, and the date of the statement that tells of it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from geomap.incident import NO_DATE, DateBasis, DatePrecision, When
from geomap.incidents.draft import Trigger
from geomap.incidents.sources import Speech
from geomap.reading import Reading
from geomap.tokens import Sentence

_PER_MARK = 3
"""A clause mark parts a date from its verb like so many words."""
_NO_WORD = 10_000
_LEAD_SENTENCES = 5
"""An undated event this far from the top may be background of any age: nothing is inferred for it."""


def dates_of(sentence: Sentence, dates: Sequence[When]) -> list[When]:
    """Give the date expressions of a sentence."""
    lo = bisect_left(dates, sentence.start, key=_start)
    return [w for w in dates[lo : bisect_left(dates, sentence.end, key=_start)] if w.span]


def _start(when: When) -> int:
    return when.span[0] if when.span else -1


def split_dates(
    reading: Reading, dates: Sequence[When], triggers: Sequence[Trigger], speeches: Sequence[Speech]
) -> tuple[dict[int, When], When]:
    """Give each trigger its date (by the index of its first word), and the date of the sentence's statement.

    A date belongs to what stands nearest to it: "on Tuesday, the ministry said that rockets ..." dates the statement.
    """
    events: dict[int, When] = {}
    steps: dict[int, int] = {}
    said = NO_DATE
    for when in dates:
        assert when.span is not None  # noqa: S101 - dates_of gives only those in the text
        word = reading.word_at(when.span[0])
        speech = min((_steps(reading, word, s.verb.first, s.verb.last) for s in speeches), default=_NO_WORD)
        if any(s.first <= word < s.last for s in speeches):
            speech = 0
        nearest = min(triggers, key=lambda t: _steps(reading, word, t.hit.first, t.hit.last), default=None)
        event = _NO_WORD if nearest is None else _steps(reading, word, nearest.hit.first, nearest.hit.last)
        if speech <= event:
            said = said if said.end else when
        elif nearest is not None and event < steps.get(nearest.hit.first, _NO_WORD):
            events[nearest.hit.first], steps[nearest.hit.first] = when, event
    if len(events) == 1:  # "30 attacks in August, 17 of them in Daraa": the one date is all of theirs
        (only,) = events.values()
        events |= {t.hit.first: only for t in triggers if t.hit.first not in events and not t.definite}
    return events, said


def _steps(reading: Reading, word: int, first: int, last: int) -> int:
    if first <= word <= last:
        return 0
    left, right = (last, word) if word > last else (word, first)
    return right - left + _PER_MARK * reading.parted(left, right)


def event_date(reading: Reading, trigger: Trigger, own: When, said: When, *, aggregate: bool) -> When:
    """Decide when an event was: its own date, else before the statement, else inferred from the publication."""
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
    if said.end or aggregate or published is None or trigger.sentence >= _LEAD_SENTENCES:
        return NO_DATE
    # A news text tells without a date what happened on its day or the day before.
    return When(published - timedelta(days=1), published, DatePrecision.DAYS, DateBasis.INFERRED_FROM_PUBLICATION)
