"""One incident out of many reports: what the sentences of an article say, put together by event.

A draft joins an event that is already there when type, place, time and count agree; a reference ("the attacks", "this
area", an accusation) never makes a new event where it finds one it speaks of.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from gazetteer import Place, PlaceKind
from gazetteer.distance import distance_m
from geomap.incident import DateBasis, DatePrecision, When
from geomap.incidents.draft import Draft, Dropped, Words
from geomap.incidents.find import Findings
from geomap.incidents.kinds import compatible
from geomap.incidents.sentence import Aside, Reference

_FINE = frozenset({PlaceKind.SITE, PlaceKind.DISTRICT})
_LOOK_BACK = 200
"""Events or steps looked back at for one that is told again; the longest article that we read has 30."""
_RECENT = timedelta(days=21)
"""An event of the last three weeks is news whose date the next sentences share."""
_DAYS = (DatePrecision.DAY, DatePrecision.DAYS)
_NO_PLACE = "no place is told for it"


@dataclass(slots=True)
class Event:
    """The drafts, references and asides that tell of one event, in text order; grows while an article is read."""

    drafts: list[Draft]
    references: list[Reference] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    totals: list[Draft] = field(default_factory=list)
    borrowed: When | None = None
    place: Place = field(init=False)
    latest_start: date | None = field(init=False, default=None)
    earliest_end: date | None = field(init=False, default=None)
    actor: Words | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Take in the drafts that it opens with."""
        self.place = self.drafts[0].locations[0].place
        for draft in self.drafts:
            self._take_in(draft)

    def add(self, draft: Draft) -> None:
        """Add a draft that tells of it."""
        self.drafts.append(draft)
        self._take_in(draft)

    def _take_in(self, draft: Draft) -> None:
        """Keep the finest place, the days that all told dates share, and the actor: comparing stays one step."""
        self.place = min(self.place, draft.locations[0].place, key=lambda p: p.radius_m)
        self.actor = self.actor or draft.actor
        when = draft.when
        if when.end and when.basis is not DateBasis.INFERRED_FROM_PUBLICATION:
            self.latest_start = max(self.latest_start or date.min, when.start or when.end)
            self.earliest_end = min(self.earliest_end or date.max, when.end)

    @property
    def dated(self) -> When | None:
        """The first date told for it; None when one was only inferred from the publication."""
        told = (d.when for d in self.drafts if d.when.end and d.when.basis is not DateBasis.INFERRED_FROM_PUBLICATION)
        return next(told, None)

    @property
    def denied(self) -> bool:
        """Whether somebody denies that it happened."""
        return any(r.denied for r in self.references)

    @property
    def first(self) -> Draft:
        """The draft that opened it."""
        return self.drafts[0]


@dataclass(frozen=True, slots=True)
class Merged:
    """Events of an article in text order, and the triggers that gave none."""

    events: tuple[Event, ...]
    dropped: tuple[Dropped, ...]


def merge(findings: Findings, published: date | None = None) -> Merged:
    """Put the findings of one article together.

    Parameters
    ----------
    findings
        What its sentences say.
    published
        When it was published.
    """
    events: list[Event] = []
    dropped = list(findings.dropped)
    homes: dict[int, list[Event]] = {}
    waiting: list[tuple[int, Reference]] = []
    last: int | None = None
    for i, step in enumerate(findings.steps):
        if isinstance(step, Aside):
            if last is not None and homes.get(last):
                homes[last][0].asides.append(step)
            continue
        if isinstance(step, Draft):
            homes[i] = [_placed(events, step)]
        elif step.draft.locations:
            waiting.append((i, step))
        else:
            homes[i] = _referred(homes, findings.steps, i, step) or _carried(events, step) or _here(events, step)
        last = i
    for i, reference in waiting:
        homes[i] = _deferred(events, reference)
    _settle(findings.steps, homes, events, dropped)
    events = sorted(_without_totals(events, dropped), key=lambda e: e.first.trigger.hit.start)
    _borrow_dates(events, published)
    return Merged(tuple(events), tuple(dropped))


def _borrow_dates(events: Sequence[Event], published: date | None) -> None:
    """Give an undated event the date of the like event told before it: the storm that goes on from town to town.

    Only from news of the last weeks: what a background paragraph tells of 2019 says nothing of what follows.
    """
    last: dict[tuple[str, str | None, str | None], When] = {}
    for event in events:
        trigger = event.first.trigger
        key = (trigger.event_type, trigger.sub_type, event.place.country)
        when = event.dated
        if when is None:
            event.borrowed = last.get(key)
        elif when.end and published and published - when.end <= _RECENT and when.precision in _DAYS:
            last.setdefault(key, when)


def _placed(events: list[Event], draft: Draft) -> Event:
    for event in reversed(events[-_LOOK_BACK:]):
        if _same_event(event, draft):
            event.add(draft)
            return event
    event = Event([draft])
    events.append(event)
    return event


def _referred(
    homes: dict[int, list[Event]],
    steps: Sequence[Draft | Reference | Aside],
    i: int,
    reference: Reference,
) -> list[Event]:
    """Find what a reference without a place speaks of: the trigger of its kind before it, and where that belongs."""
    draft = reference.draft
    if draft.count and not reference.hearsay:
        return []  # a total: see _settle
    for k in range(i - 1, max(-1, i - 1 - _LOOK_BACK), -1):
        before = steps[k]
        if isinstance(before, Aside):
            continue
        other = before if isinstance(before, Draft) else before.draft
        if not compatible(other.trigger, draft.trigger):
            continue
        if k not in homes:  # it waits for the end itself
            return []
        speaks_of_it = draft.trigger.definite or reference.here or _told_again(other, draft)
        return homes[k] if speaks_of_it else []
    return []


def _carried(events: list[Event], reference: Reference) -> list[Event]:
    """Give the event at the place told of before that a reference takes: "at dawn the police stormed the house"."""
    return [_placed(events, reference.fallback)] if reference.fallback else []


def _here(events: list[Event], reference: Reference) -> list[Event]:
    """Give a new event at the place of the one before: "in the same area, a drone hit an ambulance"."""
    draft = reference.draft
    if (
        not events
        or not reference.here
        or reference.hearsay
        or draft.trigger.definite
        or draft.trigger.form == "effects"
    ):
        return []
    located = replace(draft, locations=events[-1].drafts[0].locations)
    return [_placed(events, located)]


def _told_again(other: Draft, draft: Draft) -> bool:
    """Whether a trigger without a place repeats or details the one before: same sentence or the next, as telling."""
    return 0 <= draft.trigger.sentence - other.trigger.sentence <= 1


def _deferred(events: list[Event], reference: Reference) -> list[Event]:
    """Find the events that a reference with a place speaks of, also later ones; else it is an event of its own."""
    place = reference.draft.locations[0].place
    homes = [
        event
        for event in events[:_LOOK_BACK]
        if compatible(event.first.trigger, reference.draft.trigger)
        and one_place(event.place, place, loose=True)
        and _dates_agree(event, reference.draft.when)
    ]
    if not homes and reference.draft.trigger.form == "effects":  # "the blast was heard in the next town"
        homes = [e for e in events[:_LOOK_BACK] if compatible(e.first.trigger, reference.draft.trigger)]
    if homes:
        return homes[:1]
    if reference.hearsay:
        return []
    event = Event([reference.draft])
    events.append(event)
    return [event]


def _settle(
    steps: Sequence[Draft | Reference | Aside],
    homes: dict[int, list[Event]],
    events: Sequence[Event],
    dropped: list[Dropped],
) -> None:
    """Give references to their events; recognise totals; say why the rest was dropped."""
    own = {id(draft.trigger) for event in events for draft in event.drafts}
    for i, step in enumerate(steps):
        if not isinstance(step, Reference):
            continue
        draft = step.draft
        if id(draft.trigger) in own:
            continue  # it became an event of its own
        if homes.get(i):
            for event in homes[i]:
                event.references.append(step)
        elif parts := _parts_of(draft, events):
            for event in parts:
                event.totals.append(draft)
            dropped.append(Dropped(draft.trigger, "a total: its parts are told by place"))
        elif step.hearsay:
            dropped.append(Dropped(draft.trigger, "only spoken of: an accusation or denial"))
        else:
            dropped.append(Dropped(draft.trigger, _NO_PLACE))


def _without_totals(events: list[Event], dropped: list[Dropped]) -> list[Event]:
    """Drop events that are the sum of others inside their place: 30 in the south, 17 in Daraa and 13 in Suwayda."""
    kept = []
    counted = [e for e in events if e.first.count][:_LOOK_BACK]
    for event in events:
        others = counted if event.first.count else []
        inside = [e for e in others if e is not event and (_inside(e.place, event.place) or _beside(e, event))]
        parts = _parts_of(event.first, inside)
        for part in parts:
            part.totals.append(event.first)
        if parts:
            dropped.append(Dropped(event.first.trigger, "a total: its parts are told by place"))
        else:
            kept.append(event)
    return kept


def _beside(part: Event, total: Event) -> bool:
    """Whether a part is told right behind its total: "21 attacks, 12 of them in Iraq and 9 in Syria"."""
    return part.first.sentence == total.first.sentence and part.first.trigger.start > total.first.trigger.start


def _inside(small: Place, large: Place) -> bool:
    return small.id != large.id and (large.id in small.parents or small.country == large.country)


def _parts_of(total: Draft, events: Sequence[Event]) -> list[Event]:
    """Events whose counts add up to a total that has no place of its own: 22 + 18 = 40."""
    if total.count is None or total.count.span.max is None:
        return []
    parts = [e for e in events[:_LOOK_BACK] if e.first.count and compatible(e.first.trigger, total.trigger)]
    counted = sum(e.first.count.span.max or 0 for e in parts if e.first.count)
    return parts if len(parts) > 1 and counted == total.count.span.max else []


def one_place(a: Place, b: Place, *, loose: bool) -> bool:
    """Whether two places may be the scene of one event.

    Parameters
    ----------
    loose
        Also a place and the city around it: for references, which are often less precise.
    """
    if a.id == b.id:
        return True
    apart = distance_m(a.point, b.point)
    if a.kind in _FINE and b.kind in _FINE:
        return apart <= max(a.radius_m, b.radius_m)
    small, large = sorted((a, b), key=lambda p: p.radius_m)
    if large.kind is PlaceKind.SETTLEMENT and small.kind in _FINE:
        return apart <= large.radius_m
    return loose and (large.id in small.parents) and large.kind is not PlaceKind.COUNTRY


def _same_event(event: Event, draft: Draft) -> bool:
    first = event.first
    return (
        compatible(first.trigger, draft.trigger)
        and one_place(event.place, draft.locations[0].place, loose=False)
        and _dates_agree(event, draft.when)
        and (first.count.span if first.count else None) == (draft.count.span if draft.count else None)
        and not _different_doers(event, draft)
    )


def _different_doers(event: Event, draft: Draft) -> bool:
    """Two area events by different named actors are two: the militias' attacks in Iraq and the strikes in answer."""
    known = event.actor
    area = event.place.kind not in (*_FINE, PlaceKind.SETTLEMENT)
    return area and known is not None and draft.actor is not None and known.text != draft.actor.text


def _dates_agree(event: Event, when: When) -> bool:
    """Whether a date meets all that are told for an event; one that was only inferred meets any."""
    if not when.end or when.basis is DateBasis.INFERRED_FROM_PUBLICATION:
        return True
    if event.latest_start is None or event.earliest_end is None:
        return True
    return event.latest_start <= when.end and (when.start or when.end) <= event.earliest_end
