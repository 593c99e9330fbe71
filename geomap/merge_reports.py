"""One incident out of the reports of several articles: what a run found, put together by event.

Two incidents of different articles are one when their types agree, their places are one scene, their dates are told
and meet, and no figure of killed contradicts the other by more than a growing toll does. All evidence is kept; figures
that differ become a range.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from gazetteer import PlaceKind
from gazetteer.distance import distance_m
from geomap.incident import DateBasis, Incident, Report, Span, Status, When
from geomap.incidents.kinds import OPEN, VIOLENT

_LONGEST = timedelta(days=10)
"""Longest span of a date that tells events apart: "in August" may be any of many strikes in one city."""
_GROWTH = 4
"""How many times a first toll may grow: 12 killed in the morning's report, 41 in the evening's."""
_SMALL = 10
"""Tolls below this may differ by any factor: two, then nine."""
_CELL = 1.0
"""Degrees of the grid in which incidents are compared; a scene is far smaller."""
_AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION, PlaceKind.WATER})


def merge_reports(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Put the incidents of several articles together that are one event.

    Parameters
    ----------
    incidents
        Incidents of any articles; those of one article are never merged, they were told apart before.

    Returns
    -------
    tuple[Incident, ...]
        In the order of their first reports; `Incident.articles` holds every article that reports one, the earliest
        published first. The same incidents in any order of articles give the same groups of the same size where a
        group's members all agree.
    """
    groups: list[list[Incident]] = []
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for incident in incidents:
        point = incident.places[0].point
        column, row = int(point.lng // _CELL), int(point.lat // _CELL)
        near = chain.from_iterable(cells[column + i, row + j] for i in (-1, 0, 1) for j in (-1, 0, 1))
        home = next((g for g in sorted(set(near)) if _one_event(groups[g], incident)), None)
        if home is None:
            home = len(groups)
            groups.append([])
        if home not in cells[column, row]:
            cells[column, row].append(home)
        groups[home].append(incident)
    return tuple(group[0] if len(group) == 1 else _merged(group) for group in groups)


def _one_event(group: Sequence[Incident], incident: Incident) -> bool:
    articles = {article.id for member in group for article in member.articles}
    return all(article.id not in articles for article in incident.articles) and all(
        _agree(member, incident) for member in group
    )


def _agree(a: Incident, b: Incident) -> bool:
    return (
        _types_agree(a, b)
        and a.count == b.count
        and _dates_meet(a.when, b.when)
        and _one_scene(a, b)
        and _tolls_agree(a.killed, b.killed)
        and _tolls_agree(a.injured, b.injured)
    )


def _types_agree(a: Incident, b: Incident) -> bool:
    if a.event_type == b.event_type and a.sub_type == b.sub_type:
        return True
    violent = a.event_type in VIOLENT and b.event_type in VIOLENT
    same_family = a.event_type == b.event_type or violent
    return same_family and (a.sub_type in OPEN or b.sub_type in OPEN)


def _dates_meet(a: When, b: When) -> bool:
    """Whether two told spans meet; a date that nobody told agrees with none."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    if a.end - a.start > _LONGEST or b.end - b.start > _LONGEST:
        return a.start == b.start and a.end == b.end
    return a.start <= b.end and b.start <= a.end


def _one_scene(a: Incident, b: Incident) -> bool:
    p, q = a.places[0], b.places[0]
    if p.place_id == q.place_id:
        return True
    if p.kind in _AREAS or q.kind in _AREAS:
        return False
    return distance_m(p.point, q.point) <= max(p.uncertainty_m, q.uncertainty_m)


def _tolls_agree(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None or a.min is None or b.min is None:
        return True
    low, high = sorted((a.min, b.min))
    return high <= _SMALL or (low > 0 and high <= low * _GROWTH)


def _merged(group: Sequence[Incident]) -> Incident:
    """One incident of its reports: the earliest is the first, the finest date, the widest range of figures."""
    ordered = sorted(group, key=lambda i: (i.articles[0].published or date.max, i.articles[0].id))
    first = ordered[0]
    telling = min(ordered, key=lambda i: (i.sub_type in OPEN, ordered.index(i)))
    place = min(ordered, key=lambda i: (i.places[0].uncertainty_m, ordered.index(i)))
    reports = tuple(_distinct(report for i in ordered for report in i.reports))
    doubt = 1.0
    for incident in ordered:
        doubt *= 1 - incident.confidence
    return replace(
        first,
        event_type=telling.event_type,
        sub_type=telling.sub_type,
        when=min((i.when for i in ordered), key=_fineness),
        places=place.places,
        geometry=place.geometry,
        place_confidence=place.place_confidence,
        killed=_range([i.killed for i in ordered]),
        injured=_range([i.injured for i in ordered]),
        actor=next((i.actor for i in ordered if i.actor), None),
        actor_attribution=next((i.actor_attribution for i in ordered if i.actor), None),
        target=next((i.target for i in ordered if i.target), None),
        weapon=next((i.weapon for i in ordered if i.weapon), None),
        damage=next((i.damage for i in ordered if i.damage), None),
        status=_status([i.status for i in ordered]),
        confidence=round(min(1 - doubt, 0.99), 3),
        evidence=tuple(evidence for i in ordered for evidence in i.evidence),
        reports=reports,
        articles=tuple(article for i in ordered for article in i.articles),
        source_count=len({r.source or r.article_id for r in reports}) or 1,
        reasons=(*first.reasons, f"reported by {len(ordered)} articles"),
    )


def _distinct(reports: Iterable[Report]) -> Iterable[Report]:
    kept: dict[tuple[str, str, str], Report] = {}
    for report in reports:
        kept.setdefault((report.source, report.stance, report.article_id if not report.source else ""), report)
    return kept.values()


def _fineness(when: When) -> tuple[bool, int]:
    days = (when.end - when.start).days if when.start and when.end else 10**6
    return when.basis is DateBasis.INFERRED_FROM_PUBLICATION, days


def _range(spans: Sequence[Span | None]) -> Span | None:
    told = [span for span in spans if span is not None]
    if not told:
        return None
    lows = [span.min for span in told if span.min is not None]
    highs = [span.max for span in told if span.max is not None]
    return Span(min(lows, default=None), max(highs) if len(highs) == len(told) else None)


def _status(told: Sequence[Status]) -> Status:
    """The surest, unless one denies what others report."""
    if Status.DISPUTED in told or (Status.DENIED in told and set(told) != {Status.DENIED}):
        return Status.DISPUTED
    order = (Status.OFFICIAL, Status.REPORTED, Status.CLAIMED, Status.DENIED)
    return next(status for status in order if status in told)
