"""What a sentence tells of each event: its figures and dates, bound to the trigger and place that they stand by."""

from collections.abc import Sequence
from dataclasses import replace

from geomap.incidents.draft import Draft, Figure, Trigger
from geomap.incidents.figures import Toll
from geomap.incidents.kinds import BLOODLESS
from geomap.quantities import Number
from geomap.reading import Reading

_PER_MARK = 3
_OTHER_PLACE = 6
"""Steps that another event's place between a figure and an event costs: "34 in Khartoum, 19 in Kordofan"."""
_ELSEWHERE = 1000.0
_CLOSE = 0.5
_OVER_MARK = 1.5  # "hit a depot in Kharkiv, killing two, and shells fell on Kherson"
_BEFORE_PLACE = 4
"""Words before a place in which its own number stands: "and nineteen in the state of North Kordofan"."""


def with_tolls(reading: Reading, drafts: Sequence[Draft], tolls: Sequence[Toll]) -> list[Draft]:
    """Bind each figure of killed and injured to the event of the sentence that it stands by."""
    bound = list(drafts)
    spots = [anchors_of(draft) for draft in drafts]
    offers: list[tuple[float, int, int]] = []
    for i, toll in enumerate(tolls):
        costs = [
            _cost(reading, toll, spots, k) if _may_kill(drafts[k].trigger, toll) else _ELSEWHERE
            for k in range(len(bound))
        ]
        if costs:
            k = min(range(len(bound)), key=lambda k: (costs[k], k))
            if costs[k] < _ELSEWHERE:
                offers.append((costs[k], i, k))
    for _, i, k in sorted(offers):  # the nearest first: the nine of Puebla, not the sixteen of a place before it
        toll, draft = tolls[i], bound[k]
        if toll.what in ("killed", "both") and draft.killed is None:
            draft = replace(draft, killed=toll.figure)
        if toll.what in ("injured", "both") and draft.injured is None:
            draft = replace(draft, injured=toll.figure)
        bound[k] = draft
    return bound


def _may_kill(trigger: Trigger, toll: Toll) -> bool:
    """Whether an event of this kind has dead: those told in one sentence with an arrest died of something else."""
    return toll.what == "injured" or trigger.sub_type not in BLOODLESS


def anchors_of(draft: Draft) -> list[tuple[int, int]]:
    """Words of the place and of the trigger of an event; the place first."""
    places = [(loc.found.match.first, loc.found.match.last) for loc in draft.locations[:1]]
    return [*places, (draft.trigger.hit.first, draft.trigger.hit.last)]


def _cost(reading: Reading, toll: Toll, spots: Sequence[Sequence[tuple[int, int]]], k: int) -> float:
    if toll.place is not None:
        return 0.0 if spots[k][0][0] <= toll.place <= spots[k][0][1] else _ELSEWHERE
    best = min(_steps(reading, toll, first, last) for first, last in spots[k])
    place = spots[k][0]
    others = [spot[0] for i, spot in enumerate(spots) if i != k and len(spot) > 1 and spot[0] != place]
    lo, hi = sorted((toll.word, place[0]))
    return best + _OTHER_PLACE * any(lo < first < hi for first, _ in others)


def _steps(reading: Reading, toll: Toll, first: int, last: int) -> float:
    if first <= toll.last and toll.first <= last:
        return 0
    if toll.last < first:  # a figure rather belongs to what follows it closely: "34 in Khartoum"; not over a mark
        parted = reading.parted(toll.last, first)
        return first - toll.last + _PER_MARK * parted + (_OVER_MARK if parted else -_CLOSE)
    return toll.first - last + _PER_MARK * reading.parted(last, toll.first)


def elliptic_tolls(
    reading: Reading,
    numbers: Sequence[Number],
    tolls: Sequence[Toll],
    triggers: Sequence[Trigger],
    places: Sequence[tuple[int, int]],
) -> list[Toll]:
    """Give the figures that leave out what they count: "ten were killed in Basra, three in Najaf and one in Kut".

    Parameters
    ----------
    places
        Words (first, last) of the places of the sentence.
    """
    found: list[Toll] = []
    known = {toll.word for toll in tolls}
    for first, _ in places:
        for number in reversed(numbers):
            start, end = reading.word_at(number.start), reading.word_at(number.end - 1)
            if end >= first or start in known or any(t.first <= start <= t.last for t in tolls):
                continue
            if first - end > _BEFORE_PLACE or not _only_place_words(reading, end + 1, first):
                break
            before = [t for t in tolls if t.last < start and t.what != "both" and t.figure.span.max != 0]
            if before and not any(before[-1].last < t.hit.first < start for t in triggers):
                toll = Toll(before[-1].what, Figure(number.value, number.start, number.end), start, end, start, first)
                found.append(toll)
                known.add(start)
            break
    return found


def _only_place_words(reading: Reading, first: int, last: int) -> bool:
    covered = {
        k
        for hit in reading.hits_between(first, last, "places.", "casualties.people")
        for k in range(hit.first, hit.last + 1)
    }
    articles = reading.rules.demonstratives if reading.rules else frozenset()
    return all(k in covered or reading.words[k].folded in articles for k in range(first, last))
