"""Merged events → incidents: the words chosen, the quotes cut, the confidence and the id computed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import Gazetteer, PlaceKind, Precision, Resolution
from gazetteer.passes.beside import lies_in
from gazetteer.relative import is_relative
from geomap.articles.article import Article
from geomap.confidence import confidence_of
from geomap.evidence import evidence_of
from geomap.incident import (
    ArticleRef,
    Attribution,
    DateBasis,
    DatePrecision,
    Incident,
    IncidentPlace,
    Report,
    Span,
    Status,
    When,
)
from geomap.incidents.draft import Draft, Figure, Location
from geomap.mentions import Found
from geomap.merge import Event
from geomap.reading import Reading
from geomap.shapes import located

if TYPE_CHECKING:
    from geomap.incidents.sentence import Aside

_ONE = Span(1, 1)
_BEHIND = 3
"""Words from a place to the container written behind it: "the Green Zone | in the city of | Baghdad"."""
_NEAR_M = 10_000.0
"""What "near" adds to the radius: "near Kirkuk" in the wires is mostly within ten kilometres of its edge."""
_PRECISE_DATE = {
    DatePrecision.DAY: 0,
    DatePrecision.DAYS: 1,
    DatePrecision.WEEK: 2,
    DatePrecision.PART_OF_MONTH: 3,
    DatePrecision.MONTH: 4,
    DatePrecision.INTERVAL: 5,
    DatePrecision.YEAR: 6,
}


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its mentions, for turning its events into incidents."""

    reading: Reading
    found: Sequence[Found]
    resolutions: Sequence[Resolution]


def assemble(event: Event, told: Told, world: Gazetteer) -> Incident:
    """Turn a merged event into an incident."""
    article = told.reading.article
    drafts = [*event.drafts, *(r.draft for r in event.references if not r.hearsay)]
    telling = min(event.drafts, key=lambda d: (d.trigger.sub_type in (None, "attack", "explosion"), d.trigger.start))
    places = _places(event, told, world)
    finest, geometry = located(places[0], world)
    evidence = evidence_of(event, told.reading)
    reports = _reports(drafts)
    when = date_of(event)
    count = next((d.count.span for d in event.drafts if d.count), None)
    actor = _actor(event, drafts)
    place_confidence = places[0].confidence
    status = _status(reports, denied=event.denied)
    confidence = confidence_of(event, when)
    killed, injured = _figures(event, "killed"), _figures(event, "injured")
    first = event.drafts[0]
    title = f"{article.text[telling.trigger.start : telling.trigger.hit.end]} — {places[0].as_written}"
    identity = (
        article.id,
        telling.trigger.event_type,
        telling.trigger.sub_type,
        places[0].place_id,
        evidence[0].quote.exact,
    )
    return Incident(
        id=hashlib.sha256(repr(identity).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        title=" ".join(title.split()),
        event_type=telling.trigger.event_type,
        sub_type=telling.trigger.sub_type,
        when=when,
        places=(finest, *places[1:]),
        geometry=geometry,
        count=count or _ONE,
        aggregate=count is not None,
        killed=killed,
        injured=injured,
        actor=actor[0],
        actor_attribution=actor[1],
        target=next((d.target.text for d in drafts if d.target), None),
        weapon=next((d.weapon.text for d in drafts if d.weapon), None),
        damage=_damage(event, drafts),
        status=status,
        confidence=confidence,
        place_confidence=place_confidence,
        evidence=evidence,
        reports=reports,
        articles=(_ref(article),),
        source_count=len({r.source for r in reports if r.source}) or 1,
        reasons=(_why(first, article), *places[0].reasons),
    )


def _ref(article: Article) -> ArticleRef:
    return ArticleRef(article.id, article.title, article.url, article.published, article.language)


def _why(draft: Draft, article: Article) -> str:
    words = article.text[draft.trigger.start : draft.trigger.hit.end]
    return f"{words!r} is a {draft.trigger.form[:-1]} for {draft.trigger.sub_type or draft.trigger.event_type}"


def _places(event: Event, told: Told, world: Gazetteer) -> tuple[IncidentPlace, ...]:
    """The finest place first told, then other places of the event, then what contains it where the text says so."""
    located = [loc for draft in event.drafts for loc in draft.locations]
    heads = [draft.locations[0] for draft in event.drafts]
    head = min(heads, key=lambda loc: (_coarse(loc), loc.found.match.first))
    chosen: list[IncidentPlace] = [incident_place(head, told, world, "near" if head.near else "in")]
    for loc in sorted(located, key=lambda loc: loc.found.match.first):
        if loc.place.id not in {p.place_id for p in chosen}:
            relation = "contains" if lies_in(head.place, loc.place) else "near" if loc.near else "in"
            chosen.append(incident_place(loc, told, world, relation))
    container = _container(head, told)
    if container and container.place.id not in {p.place_id for p in chosen}:
        chosen.append(incident_place(container, told, world, "contains"))
    return tuple(chosen)


def _coarse(location: Location) -> int:
    fine = {PlaceKind.SITE: 0, PlaceKind.DISTRICT: 0, PlaceKind.SETTLEMENT: 1, PlaceKind.ADMIN2: 2, PlaceKind.ADMIN1: 3}
    return fine.get(location.place.kind, 4)


def _container(head: Location, told: Told) -> Location | None:
    """The place that contains it and is written right behind it: the Baghdad of "the Green Zone in Baghdad"."""
    for found, resolution in zip(told.found, told.resolutions, strict=True):
        if (
            0 < found.match.first - head.found.match.last <= _BEHIND
            and resolution.place
            and lies_in(head.place, resolution.place)
        ):
            return Location(
                found,
                resolution,
                near=False,
                reasons=resolution.reasons,
                start=found.mention.start,
                end=found.mention.end,
            )
    return None


def incident_place(location: Location, told: Told, world: Gazetteer, relation: str) -> IncidentPlace:
    """Turn a chosen place into one of an incident."""
    article, place = told.reading.article, location.place
    admin1 = next((p.name for pid in place.parents if (p := world.place(pid)) and p.kind is PlaceKind.ADMIN1), None)
    if place.kind is PlaceKind.ADMIN1:
        admin1 = place.name
    near = location.near and location.precision in (Precision.SITE, Precision.DISTRICT, Precision.NEAR_SETTLEMENT)
    near = near and not is_relative(place.id)  # its radius has it already
    return IncidentPlace(
        article_id=article.id,
        as_written=article.text[location.start : location.end],
        start=location.start,
        end=location.end,
        place_id=place.id,
        name=place.name,
        kind=place.kind,
        point=place.point,
        country=place.country,
        admin1=admin1,
        relation="contains" if relation == "contains" else "near" if relation == "near" else "in",
        precision=location.precision,
        uncertainty_m=place.radius_m + (_NEAR_M if near else 0.0),
        confidence=location.resolution.confidence,
        reasons=location.reasons,
        rejected=tuple(f"{c.place.name} ({c.place.id}): {c.score:.1f}" for c in location.resolution.rejected[:5]),
    )


def date_of(event: Event) -> When:
    """Give the finest date that is told for an event; an inferred one only where none is."""
    if event.borrowed:
        return event.borrowed
    drafts = [*event.drafts, *(r.draft for r in event.references if not r.hearsay)]
    told = [d.when for d in drafts if d.when.end or d.when.start]
    if not told:
        return drafts[0].when

    def rank(when: When) -> tuple[bool, int]:
        precision = _PRECISE_DATE[when.precision] if when.precision else 9
        return (when.basis is DateBasis.INFERRED_FROM_PUBLICATION, precision)

    return min(told, key=rank)


def _figures(event: Event, what: str) -> Span | None:
    """The range that all figures told for the event span; None when none is told."""
    tellers: list[Draft | Aside] = [*event.drafts, *(r.draft for r in event.references if not r.hearsay)]
    tellers += event.asides
    figures: list[Figure] = [f for t in tellers if (f := t.killed if what == "killed" else t.injured)]
    if not figures:
        return None
    lows = [f.span.min for f in figures if f.span.min is not None]
    highs = [f.span.max for f in figures if f.span.max is not None]
    return Span(min(lows, default=None), max(highs) if len(highs) == len(figures) else None)


def _actor(event: Event, drafts: Sequence[Draft]) -> tuple[str | None, Attribution | None]:
    tellers: list[Draft | Aside] = [*event.drafts, *event.totals, *drafts, *event.asides]
    for teller in tellers:
        if teller.actor:
            return teller.actor.text, teller.attribution
    return None, None


def _damage(event: Event, drafts: Sequence[Draft]) -> str | None:
    tellers: list[Draft | Aside] = [*drafts, *event.asides]
    return next((teller.damage.text for teller in tellers if teller.damage), None)


def _reports(drafts: Sequence[Draft]) -> tuple[Report, ...]:
    """Who says so, each source with one stance once, in text order."""
    kept: dict[tuple[str, str], Report] = {}
    for draft in sorted(drafts, key=lambda d: d.trigger.start):
        if draft.report:
            kept.setdefault((draft.report.source, draft.report.stance), draft.report)
    named = [r for r in kept.values() if r.source]
    return tuple(named or kept.values())


def _status(reports: Sequence[Report], *, denied: bool) -> Status:
    stances = {r.stance for r in reports}
    by_a_party = bool(reports) and all(r.source_type == "party" for r in reports)
    if denied:
        return Status.DENIED if by_a_party else Status.DISPUTED
    if by_a_party:
        return Status.CLAIMED
    if any(r.source_type == "official" and r.stance in ("reports", "confirms") for r in reports):
        return Status.OFFICIAL
    if stances and stances <= {"claims", "accuses"}:
        return Status.CLAIMED
    return Status.REPORTED
